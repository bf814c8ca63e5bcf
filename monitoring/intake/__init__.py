"""Stage 1: a department's file is received, read, judged, archived and reported (datasets.md sections 1 to 3)."""
