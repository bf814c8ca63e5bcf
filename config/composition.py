"""What stands above and is needed below, as ordered import strings (foundation/accounts/composition.py)."""

#: Called in the transaction that ends a posting (foundation.accounts.postings.PostingFollower).
POSTING_FOLLOWERS: tuple[str, ...] = ()
#: Called in the transaction that renames, merges, splits or retires an area.
AREA_FOLLOWERS: tuple[str, ...] = ()
#: Every table of moves; documents and the matrix test walk them.
LIFECYCLES: tuple[str, ...] = ("foundation.desk.lifecycle.GRANT",)
