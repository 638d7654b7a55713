"""Results: what came out, why, and the papers about it."""
