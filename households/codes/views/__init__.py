"""Views of codes: the public page, the villages, one household."""
