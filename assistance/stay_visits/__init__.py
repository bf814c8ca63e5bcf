"""Visits where a household lives (协助走访): the village of the place of stay is asked, and goes there.

A household may live in another village of its county than the one that answers for it (domain.md 5.9; field.md 5.7:
the stay area may be asked for a visit and sees only that request). Who is asked accepts or refuses; who accepts is lent
the household until the visit is written down. The own village stays responsible all the while.
"""
