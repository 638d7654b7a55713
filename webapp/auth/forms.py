"""The forms of this area."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, Optional

from webapp.page_forms import PageForm

REQUIRED = lazy_gettext("Isian ini wajib diisi.")
LONGEST_PASSWORD = 200
TOO_LONG = lazy_gettext("Isian ini terlalu panjang.")


def _spaceless(value: Any) -> Any:
    """NIP as people write it, `19800101 200501 1 001`, without the spaces."""
    return "".join(value.split()) if isinstance(value, str) else value


class SignInForm(PageForm):
    """NIP and password."""

    employee_number = StringField(
        lazy_gettext("NIP"),
        filters=[_spaceless],
        validators=[InputRequired(REQUIRED), Length(max=40, message=TOO_LONG)],
    )
    password = PasswordField(
        lazy_gettext("Kata sandi"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=TOO_LONG)]
    )


class NewPasswordForm(PageForm):
    """A password, seen on demand instead of typed twice."""

    password = PasswordField(
        lazy_gettext("Kata sandi baru"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
    )


class ChangePasswordForm(PageForm):
    """The present password and the next."""

    current = PasswordField(
        lazy_gettext("Kata sandi saat ini"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
    )
    new = PasswordField(
        lazy_gettext("Kata sandi baru"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
    )


class SetupForm(PageForm):
    """Who becomes the first HR administrator."""

    code = StringField(
        lazy_gettext("Kode dari terminal"), validators=[InputRequired(REQUIRED), Length(max=60, message=TOO_LONG)]
    )
    employee_number = StringField(
        lazy_gettext("NIP"),
        filters=[_spaceless],
        validators=[InputRequired(REQUIRED), Length(max=40, message=TOO_LONG)],
    )
    name = StringField(
        lazy_gettext("Nama lengkap dengan gelar"), validators=[Optional(), Length(max=255, message=TOO_LONG)]
    )
    email = StringField(lazy_gettext("Surel"), validators=[Optional(), Length(max=255, message=TOO_LONG)])
