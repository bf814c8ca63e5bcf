"""Contracts of departmental data: one declaration per dataset, from which everything about it is made."""
