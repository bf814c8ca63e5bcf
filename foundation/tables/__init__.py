"""Tables that people send, read into DuckDB: the one door to it, and everything that datasets.md section 1 promises.

Stands beside the vault, below everything else: it knows columns and cells, nothing of areas, staff or households.
"""
