"""One person in two households (field.md 5.12): decided by who answers for both, or passed to the area above: 0084.

deciding.py   what somebody decides, and taking it back      effects.py   what it does to the two households
"""
