"""Scoring: steps of known kinds that derive a result from signed inputs and can say how."""
