"""The plan of a household (一户一策): every risk has a measure, versions are kept, and the township approves each."""
