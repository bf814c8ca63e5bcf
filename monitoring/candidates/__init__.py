"""Who may be meant by a row that found nobody: a mistyped number, or a number of nobody. A person decides, always."""
