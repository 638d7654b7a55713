"""The desk: one place for what waits, what was handed in, and what comes next."""
