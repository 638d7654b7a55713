"""How much an expression may hold and do: wide enough for imported forms, narrow enough to end at once."""

CHARACTERS = 2000
"""Longest source, in characters."""
NODES = 400
"""Most names, values, operators and functions in one expression."""
DEPTH = 15
"""Deepest nesting. A chain (`a + b + c`, `x if a else y if b else z`) is as deep as one link of it."""
PATH = 4
"""Most names in a path such as `form.results.parts.amount`."""
DIGITS = 15
"""Most digits before, and most after, the point of a number that is written down."""
STEPS = 10_000
"""Most rows, list items and turns of loops that one evaluation looks at; beyond, the result is missing."""
WORK = 5_000_000
"""Most that all expressions of a form may do in one reading of its answers: their parts, times the turns they take."""
WRITTEN = 200_000
"""Most characters that all expressions of a form may have together."""
PRECISION = 34
"""Significant digits of a calculation, half-up."""
EXPONENT = 999
"""Largest power of ten of a number; beyond, it is missing."""
TEXT = 20_000
"""Longest text that an expression makes, in characters; beyond, it is missing."""
PATTERN = 200
"""Longest pattern of `matches`, in characters."""
FAULTS = 20
"""Most mistakes that are reported at once."""
