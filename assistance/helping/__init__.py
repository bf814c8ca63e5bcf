"""Who helps a monitored household (帮扶责任人), named in time, and handed on when people leave (field.md 2.5).

places.py      which places a case has and who fits      assigning.py    naming, accepting, declining, ending
lending.py     case and household are lent meanwhile     clocks.py       until when all places are to be filled
handing_over.py  many households to another person       hanging.py      nobody leaves a post on which they hang
own.py         “my households” of the helper             paper.py        what the household and both sides get
"""
