"""Pages of proposed changes of the register."""
