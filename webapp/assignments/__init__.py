"""Forms of people: filling in, checking, handing in, reading; and the quick log."""
