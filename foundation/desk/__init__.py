"""The desk: pages and forms for areas, staff, grants and the person's own list of work.

Accounts keep the tables, roles, scope and clock; the desk only shows them and passes on what was asked.
"""
