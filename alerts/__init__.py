"""Stages 3 and 4: warnings. Findings and reports become one open alert per household, and people work on it."""
