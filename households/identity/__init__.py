"""Numbers that identify somebody: read, masked, found, kept sealed, shown for a reason, re-keyed and erased.

Everything outside this package, archive included, handles subjects (households.models.Identity); they say nothing of a
number. docs/decisions/0013 says why it is built so.
"""
