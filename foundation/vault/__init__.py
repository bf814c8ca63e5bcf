"""The vault: keys that stand outside the database, and what is sealed with them.

Small values (an ID number, a reason) go through `sealing.seal`, files through `streams.seal_stream`. Both bind what
they seal to a context, so that a value moved to another row or file does not open. Rotation adds a key; what was
sealed under an older one stays readable until it is sealed anew. docs/decisions/0008 says why it is built so.
"""
