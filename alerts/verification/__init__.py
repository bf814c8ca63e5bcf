"""From warning to verified: the acts between a raised alert and its outcome (design.md section 3)."""
