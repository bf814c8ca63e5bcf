"""What the demonstration shows of cases: an objection on the last day, a flood as one event, households from before.

days.py   what people did, day by day     last_day.py   S10: the notice, and the objection on its last day
acts.py   what one does about a case      page.py       what the first page tells of it
walk.py, walk_acts.py   the guided walk   keeping.py    how the case of a story stands, and is put back
"""
