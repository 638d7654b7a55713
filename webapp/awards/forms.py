"""The forms of this area."""

from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import Length

from webapp.page_forms import PageForm

TOO_LONG = lazy_gettext("Isian ini terlalu panjang.")


class DecisionForm(PageForm):
    """The committee's word on a candidate; which of the two buttons was pressed is `decision`."""

    note = TextAreaField(
        lazy_gettext("Catatan panitia"),
        description=lazy_gettext("Wajib bila calon tidak ditetapkan, atau ditetapkan di luar urutan peringkat."),
        validators=[Length(max=2000, message=TOO_LONG)],
    )


class RevokeForm(PageForm):
    """Why a certificate is declared void."""

    reason = TextAreaField(
        lazy_gettext("Alasan pencabutan"),
        description=lazy_gettext("Alasan ini ditampilkan kepada siapa pun yang memverifikasi piagam."),
        validators=[Length(max=2000, message=TOO_LONG)],
    )
