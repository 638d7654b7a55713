"""The forms of this area."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

REQUIRED = lazy_gettext("Isian ini wajib diisi.")
LONGEST_PASSWORD = 200
TOO_LONG = lazy_gettext("Isian ini terlalu panjang.")


def _spaceless(value: Any) -> Any:
    """NIP as people write it, `19800101 200501 1 001`, without the spaces."""
    return "".join(value.split()) if isinstance(value, str) else value


class SignInForm(FlaskForm):
    """NIP and password."""

    employee_number = StringField(
        lazy_gettext("NIP"),
        filters=[_spaceless],
        validators=[InputRequired(REQUIRED), Length(max=40, message=TOO_LONG)],
    )
    password = PasswordField(
        lazy_gettext("Kata sandi"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=TOO_LONG)]
    )
