"""What is written in a cell → a typed value, or the stable reason why it is none (datasets.md sections 1 and 2)."""
