"""Rules that dispatch and assign by themselves at the end of the night; who keeps one sees every day what it did."""
