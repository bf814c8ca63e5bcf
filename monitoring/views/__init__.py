"""Pages of departmental data."""
