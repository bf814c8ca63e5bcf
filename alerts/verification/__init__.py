"""From warning to verified: who goes to the household, what was found, what the township makes of it."""
