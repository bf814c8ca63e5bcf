"""What became of findings: for the departments that delivered the rows, and for the precision of standards."""
