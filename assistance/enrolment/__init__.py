"""Stage 5, enrolment: a proposed household goes through the chain of its area, or leaves it by a side door.

chain.py    the chains as data, and what a case still waits for     opening.py   a case is opened
moved.py    every move of a case, and what follows it               due.py       by when step and whole are due
"""
