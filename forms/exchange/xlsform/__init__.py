"""XLSForm, the spreadsheet forms of ODK and KoboToolbox, in and out."""

from forms.exchange.xlsform.files import read_xlsform, write_xlsform
from forms.exchange.xlsform.findings import Finding, Imported

__all__ = ["Finding", "Imported", "read_xlsform", "write_xlsform"]
