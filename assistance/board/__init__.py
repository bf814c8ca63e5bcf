"""The village board: every case of a village with its risk in a sentence, its step, its next day and its last visit."""
