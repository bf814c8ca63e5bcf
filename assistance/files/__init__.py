"""The file of one household (一户一档): every paper of its case as one PDF, and a village's files in one go."""
