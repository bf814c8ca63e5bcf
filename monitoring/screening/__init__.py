"""Warning standards as declarations: what they may say, how their files are read, which line holds where."""
