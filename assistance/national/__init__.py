"""The national system: what must be entered or changed there, and what an export from there says otherwise."""
