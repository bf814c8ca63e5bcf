"""A monitored household comes to another village or county: its case goes on there (field.md 5.7; 0084).

cases.py   the case itself, and what must be finished before      who_helps.py  who helps, and the clock of the new area
measures.py  the old county's measures run to their end           taking_over.py  or are taken over one by one
"""
