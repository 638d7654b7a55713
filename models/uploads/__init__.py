"""Files that people send: their names, what they really are, and whether they hold malware."""
