"""Confidential feedback on colleagues: the list, the ballot, the thanks."""
