"""Measures promised to a household (帮扶措施): ticked on the phone, asked of a department, landed or refused."""
