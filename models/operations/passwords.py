"""Passwords: which are accepted, and how they are kept (argon2id) and compared in the same time for everybody."""

import secrets
import threading
import unicodedata
from functools import cache
from importlib import resources
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from forms.text import Message, msg
from models.people import Person

SHORTEST = 12
LONGEST = 128
SHORTEST_NAME = 4
"""Parts of a name from so many letters on may not stand in a password."""
CONTEXT_WORDS = ("kinerja", "password", "katasandi")
HASHES_AT_ONCE = 4
"""Each takes 19 MiB; more at the same time than this wait for their turn."""

# OWASP's minimum for argon2id: 19 MiB, 2 passes, 1 lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_turn = threading.BoundedSemaphore(HASHES_AT_ONCE)


def password_problems(password: str, person: Person) -> list[Message]:
    """Why a password is not accepted; any characters are, as long as it is long and cannot be guessed from the person.

    Rules: ASVS 6.2 (length, no composition rules, context words, common passwords).
    """
    plain = normal(password)
    if len(plain) < SHORTEST:
        return [msg("Kata sandi paling sedikit %(n)s karakter. Rangkaian beberapa kata mudah diingat.", n=SHORTEST)]
    if len(plain) > LONGEST:
        return [msg("Kata sandi paling banyak %(n)s karakter.", n=LONGEST)]
    small = plain.casefold()
    squeezed = "".join(letter for letter in small if letter.isalnum())
    problems = []
    number = person.employee_number
    born = (number[:8], number[6:8] + number[4:6] + number[:4])
    if any(part in squeezed for part in (*born, number[8:])):
        problems.append(msg("Kata sandi tidak boleh memuat NIP atau tanggal lahir Anda."))
    if any(part in squeezed for part in _name_parts(person.name)):
        problems.append(msg("Kata sandi tidak boleh memuat nama Anda."))
    problems += [
        msg("Kata sandi tidak boleh memuat kata “%(word)s”.", word=word) for word in CONTEXT_WORDS if word in squeezed
    ]
    if small in common_passwords() or squeezed in common_passwords() or _is_monotonous(squeezed or small):
        problems.append(msg("Kata sandi ini terlalu mudah ditebak. Pilih rangkaian kata yang lain."))
    return problems


def hash_password(password: str) -> str:
    """The password as it is kept."""
    with _turn:
        return _hasher.hash(normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the one kept; without one kept it takes the same time, and is not."""
    plain = normal(password)[: LONGEST + 1]
    with _turn:
        try:
            return _hasher.verify(kept or _nobodys_hash(), plain) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether the password was kept with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def normal(password: str) -> str:
    """The same characters for the same keys, whatever keyboard or system typed them."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


@cache
def common_passwords() -> frozenset[str]:
    """Passwords of twelve characters and more that many people choose, small letters."""
    text = (resources.files("models.operations") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def _name_parts(name: str) -> list[str]:
    words = "".join(letter if letter.isalpha() else " " for letter in name.split(",")[0].casefold()).split()
    return [word for word in words if len(word) >= SHORTEST_NAME]


def _is_monotonous(text: str) -> bool:
    """Few different characters, a short piece repeated, or a run along the alphabet or the digits."""
    if len(set(text)) < 5:
        return True
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 7)):
        return True
    steps = {(ord(after) - ord(before)) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}
