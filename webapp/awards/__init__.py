"""The yearly award: candidates with reasons, the committee's decisions, certificates."""
