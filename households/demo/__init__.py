"""The register of the demonstration: invented households of 999901 and 999902, made from a seed and taken in as files.

The same seed and number of households give the same bytes. Nothing is written past the rules: the files are
those of datasets.md section 5, and they go through the importers that every county's files go through.

    figures.py    what published figures say a county looks like (domain.md section 12), and where they come from
    chance.py     the one die, cards that keep shares exact           names.py    what the invented people are called
    numbers.py    ID numbers and telephones that belong to no one     words.py    the words of the file's columns
    families.py   who lives together                  people.py   school, health, work of each
    plans.py      which households are monitored      cases.py    what the list of monitored objects says of them
    stories.py    the households of the stories       mistakes.py what is wrong in it, as in real registers
    county.py     all of it, household by household   files.py    written down, with totals
    loading.py    taken in by the real importers      telephone.py  of the township, for who scans a code
"""
