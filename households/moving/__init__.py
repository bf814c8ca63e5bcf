"""Moves of households to another village, township or county, by hand-shake (field.md 5.7): 0084.

proposing.py   the giver proposes, or moves at once     answering.py   the receiver accepts, refuses, moves back
settling.py    reminder, and what comes to both's parent    carrying.py    household and followers go, and back
followers.py   what storeys above let go along          past.py        where households belonged on earlier days
"""
