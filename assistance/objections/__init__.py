"""Objections (异议) against lines of notices: entered by anybody, settled by whoever had no part in it.

entering.py  one arrives     settling.py  it is answered     selectors.py  what blocks a case
"""
