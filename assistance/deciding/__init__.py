"""Decisions about cases: what is computed, what people confirm, and what many cases share.

facts.py      what is known of a case on the day of its check    batches.py     review, approve, announce many
computing.py  the table of domain.md section 3, pure             undoing.py     a mistaken approval, taken back
conclusion.py work out and confirm                               letters.py     letters to who is not enrolled
reasons.py    why, in words, in four parts                       correcting.py  wrong identifications
"""
