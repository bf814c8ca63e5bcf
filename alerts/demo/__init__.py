"""The warnings of the demonstration: what people did about them, and what the first page tells of them.

visiting.py, authorising.py, village.py, in_vain.py   visits, authorisations, codes and leaflets, visits in vain
keeping.py, ways_back.py, visit_part.py, authorisation_part.py      how a story stands, and how it is put back
acts.py   what somebody can do about a warning, by the functions of the pages     plot.py   who did it in which story
proposing.py   from what the village saw to the proposal
days.py   the plot among the other days           table.py  warnings by standard, beside the findings
tales.py  the stories as far as the warning       page.py   the last step of the funnel, and counts
"""
