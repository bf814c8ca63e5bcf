"""The application of a household (F2): nothing that is known is asked twice, and nothing that data answer is demanded.

carried.py     what was known is carried over      writing.py   an application is written, or comes on paper
document.py    what is signed                      taking.py    when nothing is missing, the chain goes on
papers.py      which papers may still be asked     demanding.py  a paper is asked for, and comes
printing.py    the form F2                         following.py cases, authorisations and erasures that it follows
"""
