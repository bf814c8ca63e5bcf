"""Back to the department: rows that people at the door found wrong, as tasks with their line and a deadline."""
