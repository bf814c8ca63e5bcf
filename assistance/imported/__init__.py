"""Cases from before this platform (field.md 5.13): monitored households of the old register, taken over as they are.

adopting.py   standings become cases     job_kind.py   for a whole county, as long work
doubles.py    households that have a running case here already: proposed to people, never made twice
selectors.py  what is missing, village by village: asked for, never demanded
"""
