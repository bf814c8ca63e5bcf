"""Stages 1 and 2: what departments deliver, and what is found by comparing it with the register."""
