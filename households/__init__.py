"""The register 农户底册: who lives where, in which standing, since when, and who says so.

Identities keep every number that identifies somebody, sealed; households and residents carry only their random
subjects. What changed, changed by a Revision, and the version before stays (django-pghistory).
"""
