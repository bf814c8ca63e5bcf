"""Public notices (公示): what a line shows, drawing a list up, posting it with its proof, and its end at night.

lines.py    exactly what a notice shows of a household     drawing.py   the list before it is posted
posting.py  from the proof of posting on it runs           ending.py    what the night ends; extending one line
"""
