"""What stands on the certificate of an award, frozen when the number is taken."""

from dataclasses import dataclass
from datetime import date

from reports.facts import Facts

DOCUMENT = "certificate"
LONGEST = {
    "agency": 60,
    "number": 50,
    "holder_name": 110,
    "position": 125,
    "unit": 125,
    "category": 80,
    "rank": 24,
    "citation": 200,
    "cycle_title": 60,
    "signer_title": 110,
    "signer_name": 80,
    "verify_url": 160,
}
"""Characters that still fit on the one page together; longer facts are refused rather than cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts(Facts):
    """Every word a certificate prints; also what its verification page compares with."""

    agency: str
    number: str
    holder_name: str
    """With academic titles, as the person writes it."""
    employee_number_label: str
    """"NIP." for civil servants, "NI PPPK." for contract staff."""
    employee_number: str
    """Grouped 8-6-1-3."""
    position: str
    unit: str
    category: str
    rank: str
    """For example "Peringkat I"; empty when the category is not ranked."""
    citation: str
    """What the award is for, one sentence without its full stop."""
    cycle_title: str
    place: str
    date: date
    signer_title: str
    signer_name: str
    signer_employee_number: str | None = None
    """A mayor signs with the name only."""
    verify_code: str
    """Grouped by four, as printed."""
    verify_url: str
    demo: bool

    def check(self) -> None:
        """Raises ValueError for a fact that would run out of its place on the page."""
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                raise ValueError(f"{name} is longer than the {most} characters a certificate has room for")
