"""Visits 走访入户: the record of one visit to a household, the questions that are asked there, and the phone form.

Alerts, rounds and follow-ups are served by a visit and never own one: `writing.record_visit` is the one way in.
"""
