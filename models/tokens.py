"""Codes that cannot be guessed, readable on paper: for receipts, survey links and verification."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that nothing is misread."""


def new_token(characters: int = 26) -> str:
    """A random code of 5 bits a character; 26 characters are 130 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(characters))


def grouped(token: str, size: int = 4) -> str:
    """The code in groups, as it is printed."""
    return "-".join(token[start : start + size] for start in range(0, len(token), size))


def read_token(text: str) -> str:
    """A code as typed or scanned: case, groups and the letters that look like digits do not matter."""
    cleaned = text.upper().replace("-", "").replace(" ", "")
    return cleaned.translate(str.maketrans("ILO", "110"))


def looks_like_token(text: str) -> bool:
    """Whether this could be a code of ours at all; what cannot be is not asked of the database."""
    return len(text) <= 100 and set(read_token(text)) <= set(ALPHABET)
