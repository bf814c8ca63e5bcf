"""Democratic evaluations (民主评议): called, voted on in the hall, concluded with minutes.

calling.py  a meeting is called with its households     voting.py      who came, and the votes on each
rules.py    what the area asks of a meeting             concluding.py  every household goes its own way
"""
