"""Who is newly monitored, and who no longer, month by month for the departments whose data are compared."""
