"""Reminders (提醒): findings that ask an office to look at aid that goes on, and open no alert about the household."""
