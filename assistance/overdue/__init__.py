"""Last days of help that passed: told at night to who answers for them, once for each deadline."""
