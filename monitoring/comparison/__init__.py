"""Stage 2: every department's data is held against the warning standards; what is over a line is a finding."""
