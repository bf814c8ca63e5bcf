"""Family events: what happens to the people of a household, as acts with preview, followers and a way back."""
