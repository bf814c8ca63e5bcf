"""The departments' files of the demonstration: made from a seed, ugly as real ones, and handed in by real officers.

The same register gives the same bytes. Nothing is written past the rules: every file goes through the intake that
every county's files go through, on the day on which its department handed it in, and is compared in the night after.

    register.py   the people of the made register, and numbers that are nobody's
    lines.py      rows, with what must become of them       spoiling.py  what is wrong with rows
    forms.py      text files, workbooks, archives
    medical.py, benefits.py, hardship.py, events.py         the rows of each department
    stories.py    the rows of the households of the stories
    wrong_row.py the row of S6 that goes back to its department
    papers.py     which files there are, in which form, for which period, handed in when
    days.py       what happens on each day; other packages add their days (composition DEMONSTRATION_DAYS)
    loading.py    plays the days             table.py  what came of it, for the terminal and for the first page
    page.py       what the first page of the demonstration shows of it
"""
