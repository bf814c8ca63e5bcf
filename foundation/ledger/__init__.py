"""What happened: an append-only record (存证记录) that every state change writes in its own transaction.

Lowest package of the house: it imports nothing of ours and knows people, roles and areas only as plain words,
so that anything may write to it. Entries carry no personal data; they commit to it with a salt that can be
erased (`Opening`). They are written ready for the transparency log that comes later.
"""
