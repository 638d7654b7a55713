"""Invented names of West Sumatra, put together by chance: given names, second names, degrees."""

import random
import unicodedata

MEN = (
    *("Afdal", "Alfian", "Andri", "Arif", "Armen", "Asrul", "Bujang", "Darwis", "Dasril", "Edi", "Efrizal", "Fadli"),
    *("Fauzan", "Febri", "Gusti", "Hafiz", "Hamdan", "Hendri", "Herman", "Ikhsan", "Ilham", "Irwan", "Jasman"),
    *("Jufri", "Khairul", "Lukman", "Mairizal", "Marzuki", "Masril", "Mukhlis", "Nasrul", "Nofrizal", "Rafki"),
    *("Rahmat", "Ramli", "Refdi", "Ridwan", "Rinaldi", "Rizki", "Rusdi", "Safrizal", "Syafruddin", "Syahrial"),
    *("Syamsul", "Taufik", "Wahyu", "Yondri", "Yulizar", "Yusrizal", "Zainal", "Zulfahmi", "Zulhendri", "Zulkifli"),
)
WOMEN = (
    *("Afrida", "Aisyah", "Asmawati", "Cici", "Desmawati", "Desi", "Devi", "Dian", "Elvira", "Erlina", "Ermita"),
    *("Fatmawati", "Febrina", "Fitria", "Gusnita", "Hasnah", "Helmi", "Ika", "Indah", "Irdawati", "Kartini"),
    *("Lidya", "Lusi", "Maizarni", "Marlina", "Mega", "Mira", "Murni", "Nelfi", "Neliwati", "Nilam", "Nofriyanti"),
    *("Novita", "Nurhayati", "Nurlaila", "Okta", "Puti", "Rahmi", "Ratna", "Reni", "Resti", "Rina", "Rosmanidar"),
    *("Siska", "Suryani", "Syafrida", "Vivi", "Wirda", "Yeni", "Yulia", "Yusmaniar", "Zahara", "Zulfa"),
)
MENS_SECOND = (
    *("Akbar", "Anwar", "Caniago", "Chandra", "Darmawan", "Effendi", "Fajri", "Fernando", "Gunawan", "Hakim"),
    *("Harahap", "Hidayat", "Ilyas", "Iskandar", "Jamal", "Kurniawan", "Mahendra", "Maulana", "Munir", "Nasution"),
    *("Oktavianus", "Pratama", "Putra", "Ramadhan", "Rasyid", "Saputra", "Setiawan", "Sikumbang", "Tanjung"),
    *("Wijaya", "Yunus", "Zein"),
)
WOMENS_SECOND = (
    *("Agustina", "Amelia", "Anggraini", "Aulia", "Chairani", "Fadhilah", "Febriani", "Hanum", "Hasanah", "Husna"),
    *("Indriani", "Kurniasih", "Lestari", "Mardhiah", "Maharani", "Mayasari", "Ningsih", "Oktaviani", "Permata"),
    *("Puspita", "Putri", "Rahayu", "Rahmadani", "Ramadhani", "Safitri", "Sari", "Susanti", "Utami", "Wahyuni"),
    *("Yuliani", "Zahra", "Zulaika"),
)
MASTERS = ("M.Si.", "M.M.", "M.A.P.", "M.H.")
BACHELORS = ("S.Sos.", "S.E.", "S.H.", "S.A.P.", "S.IP.", "S.Kom.", "S.T.")
DIPLOMAS = ("A.Md.", "A.Md.Kom.", "A.Md.Ak.")


def invent_name(rng: random.Random, sex: str, schooling: str) -> str:
    """A name with the degrees of a schooling: `master`, `bachelor`, `diploma`, `school`."""
    given, second = (MEN, MENS_SECOND) if sex == "male" else (WOMEN, WOMENS_SECOND)
    name = f"{rng.choice(given)} {rng.choice(second)}"
    degrees = {
        "master": [rng.choice(BACHELORS), rng.choice(MASTERS)],
        "bachelor": [rng.choice(BACHELORS)],
        "diploma": [rng.choice(DIPLOMAS)],
    }.get(schooling, [])
    return ", ".join([name, *degrees])


def address_of(name: str, taken: set[str], domain: str = "nanggalo.example") -> str:
    """An e-mail address made of the name, with a number when it is taken; it is noted in `taken`."""
    plain = unicodedata.normalize("NFKD", name.split(",")[0]).encode("ascii", "ignore").decode().lower()
    base = ".".join(plain.split())
    address, number = f"{base}@{domain}", 1
    while address in taken:
        number += 1
        address = f"{base}{number}@{domain}"
    taken.add(address)
    return address
