"""Rhythm: for which spans of time a delivery is expected, which are there, and who is reminded of the others."""
