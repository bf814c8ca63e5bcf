"""Policy catalogue (政策清单): measures as declarations, and which of them fit a household, each with why.

A person decides; nothing here is ticked by itself. Sources: domain.md 2.7 (kinds and codes), 5.5 (measures by risk).
"""
