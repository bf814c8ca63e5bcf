"""The asset check (信息比对): what departments have about the members of a case, under their authorisation alone.

items.py     which dataset answers which kind of data     reading.py    the rows about a few people
running.py   one check, from authorisation to hits         verifying.py  every hit is looked into by a person
looking.py   who sees what of a hit                        printing.py   the result sheet (F5)
"""
