"""Signing in and out, activation, password, one's own sessions, and the first visit."""
