"""Income and expense over time (收支细账): a household's income sheets by period, filled from feeds item by item.

`feeds` says which list knows which item, `reading` reads them, `drafting` and `confirming` are the acts; the sum is
households.income.calculator, and a confirmed sheet is stated in the register (households.income.stating).
"""
