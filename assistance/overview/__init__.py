"""Help and removal of an area on one page: seven numbers, and the ten households that have waited longest."""
