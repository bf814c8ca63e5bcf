"""The inbox: what a person should know, with the place where they act on it, and how it reaches them outside.

A notice names a kind, a place (a route of ours) and numbers; it never holds a name, an ID number or anything
else that is personal, so that a mail, an SMS gateway or a chat group may carry it. Whoever is told is decided
by scope: people with a duty in the area, or one person.
"""
