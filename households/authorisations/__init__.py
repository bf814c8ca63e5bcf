"""Authorisations (授权承诺书): what a household allows to be looked up, for what, until when, on whose signature."""
