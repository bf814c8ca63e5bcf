"""Data quality 数据质量: what the register says that cannot be right, as findings that people clear one by one.

A rule is one declaration (rules/): a question, and the condition under which it fires. A check asks all of them of an
area, set-wise; findings open, change and close by themselves as the register changes. Nothing is ever rejected.
"""
