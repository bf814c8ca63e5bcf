"""What is signed at a household's table: signatures owed, given, refused, and the proof that they stand on these bytes.

Any kind of row may owe signatures (authorisations, visits): it declares a `SignedDocument` under SIGNED_DOCUMENTS of
config/composition.py, asks with `asking.ask_signatures`, and is told of every signature by its `after`.
"""
