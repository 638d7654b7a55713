"""Write the kinds of questions and their settings into docs/forms.md anew; run it after a kind was added or changed."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forms.exchange.reference import with_kinds  # noqa: E402

DOCUMENT = ROOT / "docs/forms.md"

DOCUMENT.write_text(with_kinds(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
