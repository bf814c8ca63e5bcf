"""Views of leaflets: printed, and ticked while walking."""
