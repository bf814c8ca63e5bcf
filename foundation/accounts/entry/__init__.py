"""How staff get in and stay safe: what a wrong password costs, the second factor, sessions and how they end."""
