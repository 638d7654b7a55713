"""An invented organisation of any size, the same for the same seed; nobody in it exists."""

import random
from datetime import date, timedelta

from models import organisation
from webapp.demo.names import address_of, invent_name
from webapp.demo.posts import PostPlan, plan_posts

SHIPPED_PEOPLE, SHIPPED_SEED = 64, 2026
"""What `organisation.csv` was made with."""
LATEST = date(2025, 1, 1)
"""Everybody holds his post since this day at the latest: any later cycle finds them all."""
SEQUENCES = (901, 999)
"""Last three digits of invented employee numbers."""
CONTRACT_YEARS = (2021, 2024)


def generate_people(people: int, seed: int) -> list[dict[str, str]]:
    """So many rows of a people file; employee numbers are plausible, unique, and end in 901 to 999."""
    rng = random.Random(seed)  # noqa: S311 - invented people, no secrets
    numbers: list[str] = []
    taken_numbers: set[str] = set()
    taken_names: set[str] = set()
    taken_addresses: set[str] = set()
    rows = []
    for post in plan_posts(people):
        sex = rng.choice(("male", "female"))
        name = invent_name(rng, sex, post.schooling)
        for _ in range(20):  # in a large organisation some names come twice, as in life
            if name.split(",")[0] not in taken_names:
                break
            name = invent_name(rng, sex, post.schooling)
        taken_names.add(name.split(",")[0])
        number, appointed = _number(rng, post, sex)
        while number in taken_numbers:
            number, appointed = _number(rng, post, sex)
        taken_numbers.add(number)
        numbers.append(number)
        rows.append(
            {
                "nip": number,
                "nama": name,
                "status_pegawai": organisation.STATUSES["pppk" if post.contract else "pns"],
                "golongan": rng.choice(post.ranks),
                "jenis_jabatan": organisation.POSITION_KINDS[post.kind],
                "jabatan": post.title,
                "jenjang": post.grade,
                "unit_kerja": post.unit,
                "unit_induk": post.parent,
                "nip_atasan": numbers[post.leader] if post.leader is not None else "",
                "email": address_of(name, taken_addresses),
                "mulai": _since(rng, appointed, post).isoformat(),
            }
        )
    return rows


def _number(rng: random.Random, post: PostPlan, sex: str) -> tuple[str, date]:
    """An employee number that suits the post, and the day of the appointment it tells."""
    born_in = {"leader": (1967, 1974), "administrator": (1969, 1980), "supervisor": (1971, 1988)}.get(
        post.kind, (1974, 1998)
    )
    born = date(rng.randint(*born_in), 1, 1) + timedelta(days=rng.randrange(365))
    ending = f"{1 if sex == 'male' else 2}{rng.randint(*SEQUENCES)}"
    if post.contract:
        year = rng.randint(*CONTRACT_YEARS)
        return f"{born:%Y%m%d}{year}21{ending}", date(year, rng.choice((2, 3, 7)), 1)
    # PNS are taken on between 22 and 30, in one of the months in which appointments usually begin.
    year = min(born.year + rng.randint(22, 30), 2022)
    appointed = date(year, rng.choice((1, 2, 3, 4, 12)), 1)
    return f"{born:%Y%m%d}{appointed:%Y%m}{ending}", appointed


def _since(rng: random.Random, appointed: date, post: PostPlan) -> date:
    """The day the present post began: with the appointment for PPPK, in recent years for the others."""
    if post.contract:
        return appointed
    recent = date(rng.randint(2019, 2024), rng.choice((1, 2, 4, 7, 8, 10)), rng.choice((1, 2, 3)))
    return min(max(recent, appointed), LATEST)
