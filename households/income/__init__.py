"""Income 家庭收入核算: worked out in one place from items A–G, by the area's dated rule, with its sum to read.

`rules` asks the law of the area, `calculator` works out (pure), `stating` keeps a statement with its Revision,
`reading` gives the page what it shows. Items are those of the list `income_items` (domain.md 2.6).
"""
