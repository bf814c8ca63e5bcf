"""How programs talk to the platform: tokens, problems, limits, requests that may be sent again, the description."""
