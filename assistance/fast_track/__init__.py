"""Help first, papers after (绿色通道): what a household got before its procedure was over, and what is owed since.

helping.py   help is written down     papers.py   until when papers are owed, and which
"""
