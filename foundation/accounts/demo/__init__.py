"""The demonstration: two invented counties and their staff, made by playing their days, act by act.

Nothing is written past the rules: areas are imported, accounts opened, postings granted and ended by the people
whose office it is, on the business day of each act, so that lists and the ledger tell one true story.

    places.py  which areas there are          names.py  what invented people are called
    cast.py    the accounts one signs in with  story.py  the days from 1 August to 4 November 2026
    loading.py all of it, once, into an empty database
"""
