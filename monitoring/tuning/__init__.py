"""“Needs tuning”: who meets what a standard finds says that it is wrong, and who runs the comparison answers."""
