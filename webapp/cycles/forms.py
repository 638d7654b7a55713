"""The forms of this area."""

from flask_babel import lazy_gettext
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from forms.wording import ZONES
from webapp.page_forms import PageForm

REQUIRED = lazy_gettext("Isian ini wajib diisi.")
TOO_LONG = lazy_gettext("Isian ini terlalu panjang.")
WRONG_DATE = lazy_gettext("Tuliskan tanggal dengan format hh/bb/tttt, contoh 30/01/2026.")
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
LONGEST = 2000


class DayField(DateField):
    """A day from the browser's own picker, or typed as people write it."""

    def __init__(self, label: object, **more: object) -> None:
        super().__init__(label, format=DATE_FORMATS, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(WRONG_DATE) from wrong


class NewCycleForm(PageForm):
    """A cycle of a published design over a period."""

    design = SelectField(lazy_gettext("Rancangan"), coerce=int)
    title = StringField(
        lazy_gettext("Nama periode"), validators=[InputRequired(REQUIRED), Length(max=255, message=TOO_LONG)]
    )
    key = StringField(
        lazy_gettext("Kode"),
        validators=[
            InputRequired(REQUIRED),
            Regexp(
                r"^[a-z0-9][a-z0-9-]{0,39}$",
                message=lazy_gettext("Gunakan huruf kecil, angka, dan tanda hubung, paling banyak 40."),
            ),
        ],
    )
    starts_on = DayField(lazy_gettext("Hari pertama periode"), validators=[InputRequired(REQUIRED)])
    ends_on = DayField(lazy_gettext("Hari terakhir periode"), validators=[InputRequired(REQUIRED)])
    zone = SelectField(
        lazy_gettext("Zona waktu"),
        choices=[SelectChoice(zone, f"{short} ({zone.partition('/')[2]})") for zone, short in ZONES.items()],
    )


class ExtendForm(PageForm):
    """Until which day a stage stays open."""

    closes_on = DayField(lazy_gettext("Hari terakhir yang baru"), validators=[InputRequired(REQUIRED)])


class RatingForm(PageForm):
    """What a unit achieved as an organisation, and why."""

    rating = RadioField(
        lazy_gettext("Predikat kinerja organisasi"),
        validators=[InputRequired(lazy_gettext("Pilih salah satu capaian yang tersedia."))],
        validate_choice=False,
    )
    reason = TextAreaField(
        lazy_gettext("Dasar penetapan"), validators=[InputRequired(REQUIRED), Length(max=LONGEST, message=TOO_LONG)]
    )


class ReopenForm(PageForm):
    """Why a form is opened again, and until which day."""

    reason = TextAreaField(lazy_gettext("Alasan"), validators=[Length(max=LONGEST, message=TOO_LONG)])
    due_on = DayField(lazy_gettext("Batas waktu baru"), validators=[InputRequired(REQUIRED)])
