"""Lists with civil affairs (民政), both ways: ours taken out, theirs compared, differences to settle."""
