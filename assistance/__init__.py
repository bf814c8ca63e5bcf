"""From a confirmed need to a monitored household, and out again: enrolment, assistance, removal of the risk.

models/      the case of a household and what hangs on it     lifecycle.py   the table of its moves
enrolment/   stage 5: from the township's proposal to the announcement
"""
