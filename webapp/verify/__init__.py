"""Verification of certificates, open to everybody."""
