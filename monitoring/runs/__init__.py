"""Comparisons as people see them: what ran, what it came to, what is held back, what a draft would have found."""
