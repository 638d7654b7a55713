"""What stands on the certificate of an award, frozen when the number is taken."""

from dataclasses import dataclass
from datetime import date

from reports.facts import Facts

DOCUMENT = "certificate"


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
