"""What family events mean for cases: facts follow, people decide (field.md 5.4, 5.21, 5.30)."""
