"""Follow-ups (跟踪走访): every monitored household is owed its next visit, by its risk level and its area's values.

A visit that met the household serves what is owed where that is ticked, whatever else it is for; the next one counts
from its day.
"""
