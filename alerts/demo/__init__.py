"""The warnings of the demonstration: what its dispatcher decided, and what the first page tells of them.

days.py   decisions of people between the nights      table.py  warnings by standard, beside the findings
page.py   the last step of the funnel, and the stories as far as the warning
"""
