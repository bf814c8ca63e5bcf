"""Law as data: dated, sourced values by area; working days; clocks.

Strict TOML files under `values/` ship what is known, with the document it comes from; they are loaded into
`Value`, and runtime reads only that table. An area adds its own values, which a second person approves. A value
that was used can never change: history is appended. Absent is not zero: where nothing is in force, the answer
is silent and says so.
"""
