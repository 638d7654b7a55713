"""The forms of this area."""

from flask_babel import lazy_gettext
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from webapp.page_forms import PageForm

LONGEST = 4000
TOO_LONG = lazy_gettext("Isian ini terlalu panjang.")


class SignForm(PageForm):
    """A signature for exactly one digest."""

    digest = HiddenField()
    comment = TextAreaField(lazy_gettext("Catatan"), validators=[Length(max=LONGEST, message=TOO_LONG)])


class ReturnForm(PageForm):
    """Why the answers go back; the operation insists on a reason."""

    digest = HiddenField()
    reason = TextAreaField(
        lazy_gettext("Apa yang perlu diperbaiki"), validators=[Length(max=LONGEST, message=TOO_LONG)]
    )
