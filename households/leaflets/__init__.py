"""The leaflet on how to report and what help exists (明白纸): printed for a village, ticked household by household.

texts.py      what stands on it, by area and day
papers.py     printed, A4, two on a page
ticking.py    handed over, and taken back where that was wrong
selectors.py  how many households have one
"""
