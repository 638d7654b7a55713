"""Pages on which HR designs a form: the canvas, its logic, translations and source, and a try as respondent."""
