"""Help and removal of an area on one page: the numbers, and the ten households that have waited longest."""
