"""Data checks of monitored households 数据质量核查 (R-12 to R-37): the rules that only cases can answer.

The engine is that of the register (households.quality): one check, one finding, one judgement, one page of rules.
This part tells it what cases know (sql/), asks the rules that need it (rules.py, rules_of_help.py), lets a household be
asked again after each act on its case (following.py), and shows the whole by village with its trend (counting.py).
"""
