"""Pages of HR about cycles: making, watching and advancing them; the list behind every number; the survey's posters."""
