"""Numbers that identify somebody: read, masked, found, kept sealed, shown for a reason, re-keyed and erased.

Everything outside this package, archive included, handles random subjects (households.models.Identity).
docs/decisions/0013 says why it is built so.
"""
