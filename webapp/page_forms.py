"""The ground of all forms of pages: what WTForms itself says is said in our words."""

from flask_babel import gettext
from flask_wtf import FlaskForm

_SENTENCES = {
    "This field is required.": lambda: gettext("Isian ini wajib diisi."),
    "Not a valid choice.": lambda: gettext("Pilih salah satu dari pilihan yang tersedia."),
    "Invalid Choice: could not coerce.": lambda: gettext("Pilih salah satu dari pilihan yang tersedia."),
    "Not a valid date value.": lambda: gettext("Tuliskan tanggal dengan format hh/bb/tttt, contoh 30/01/2026."),
}


class _Translations:
    """WTForms has no Indonesian, and its English is not ours; a sentence we do not know is said in general words."""

    def gettext(self, sentence: str) -> str:
        known = _SENTENCES.get(sentence)
        return known() if known else gettext("Isian ini tidak dapat dibaca. Silakan isi ulang.")

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular)


class PageForm(FlaskForm):
    """A form of a page, with its token; errors of WTForms come in the visitor's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: object) -> _Translations:
            return _Translations()
