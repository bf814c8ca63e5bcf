"""Disasters that strike many households at once (field.md 5.11): one event, help first, papers after.

keeping.py    an event is entered          listing.py   households come onto its list, and leave it unharmed
reading.py    an emergency list is read    recording.py who is safe, how hard each was hit
opening.py    cases are opened together    alerts.py    warnings of the event wait outside the queue
"""
