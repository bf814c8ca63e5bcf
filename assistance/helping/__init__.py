"""Who helps a monitored household (帮扶责任人), named in time, and handed on when people leave (field.md 2.5).

places.py      which places a case has and who fits      assigning.py    naming, accepting, declining, ending
lending.py     case and household are lent meanwhile     clocks.py       until when all places are to be filled
handing_over.py  many households to another person       hanging.py      nobody leaves a post on which they hang
naming_many.py  many households get somebody at once     left_behind.py  nor what they have begun or promised
sentences.py   what a hand-over must not forget, of cases and visits; promised.py, of help that runs or is owed
own.py         “my households” of the helper             paper.py        what the household and both sides get
"""
