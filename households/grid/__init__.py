"""The grid (网格): cells, who looks after them, every household in one of them (docs/decisions/0090-the-grid.md).

drawing.py    cells drawn, changed, closed       placing.py    households put into a cell by hand
membership.py grid members named and ended       undoing.py    an act taken back by its inverse
settling.py   where the register's own changes put households
selectors.py  gaps, overlaps, cells without a member: what the report says
"""
