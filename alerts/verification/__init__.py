"""The way of a warning: who is sent, what the visit said, what the township makes of it, and how it ends.

path.py, paths/, courses.py   what the area asks for, as data, and the path that each alert begins with
visitors.py, assigning.py     who may be sent, and sending them     reported.py  what came of the visit
reviewing.py, pieces.py       the township's review and its check list      batches.py   like negatives at once
proving.py                    what the desk can prove without a visit       answering.py signals after the visit
attempts.py                   three attempts before “could not be reached”  night.py     what the night brings back
meeting.py                    the assessment meeting      acts.py, comparing.py, like_negatives.py  its pages
moved.py                      what follows every move: deadlines (due.py) and outcomes (outcomes.py)
"""
