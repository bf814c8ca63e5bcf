"""One household, one code (一户一码): given out, printed as a village sheet, scanned, replaced, revoked.

tokens.py    the 128 random bits, and the address that a code shows
giving.py    give out, replace, revoke
scanning.py  what somebody who scans a code is shown
limits.py    how often one may scan
pictures.py  the code as PNG and SVG
sheets.py    the village sheet
"""
