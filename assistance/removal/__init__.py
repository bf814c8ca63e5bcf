"""Stage 7, risk removal (风险消除): proposed when its guards hold, taken through the chain of its area, marked.

guards.py    what must hold, each with its evidence and day    proposing.py   a removal is proposed, or taken back
chain.py     the chains as data                                moved.py       every move of a removal
mixed.py     lines of meetings, notices and papers             ending.py      what the announcement writes
rolling_back.py  a wrong mark is cancelled                     aftercare.py   who is still visited every year
"""
