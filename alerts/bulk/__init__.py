"""One act on many alerts: chosen one by one or by a whole view, done as long work, with a result for each."""
