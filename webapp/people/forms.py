"""The forms of this area."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from models.permissions import Role
from webapp.cycles.forms import REQUIRED, DayField
from webapp.page_forms import PageForm

ROLES = {
    Role.HR_ADMINISTRATOR: lazy_gettext("Admin HR"),
    Role.HR_UNIT: lazy_gettext("Pengelola kinerja unit"),
    Role.AWARD_COMMITTEE: lazy_gettext("Tim penilai penghargaan"),
    Role.AUDITOR: lazy_gettext("Auditor"),
}
"""The roles that can be granted, in words."""


class GrantForm(PageForm):
    """A role, for everything or for a unit."""

    role = SelectField(
        lazy_gettext("Peran"), choices=[SelectChoice(role.value, words) for role, words in ROLES.items()]
    )
    unit = SelectField(lazy_gettext("Untuk unit kerja"), coerce=int)


class SupervisorForm(PageForm):
    """Another supervisor from a day on, by employee number; empty means none."""

    supervisor = StringField(
        lazy_gettext("NIP atasan"), validators=[Length(max=40, message=lazy_gettext("Isian ini terlalu panjang."))]
    )
    on = DayField(lazy_gettext("Berlaku mulai"), validators=[InputRequired(REQUIRED)])


class ImportForm(PageForm):
    """A list of people."""

    file = FileField(
        lazy_gettext("Berkas CSV atau XLSX"), validators=[FileRequired(lazy_gettext("Pilih berkas CSV atau XLSX."))]
    )
