"""Another category for a monitored household (类别调整): its own act, with facts, line and reason (field.md 3.21)."""
