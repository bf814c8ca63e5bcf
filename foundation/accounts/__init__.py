"""Who, where, and what they may see and do: areas, staff, postings, roles, scope, and the business clock.

A posting (role, area, department, from, to) is the only truth of bulk scope: whoever may act in 411121 may see
what lies under it. Single objects lent across areas are the exception (`Loan`, django-guardian).
"""
