"""The forms of this area."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import TextAreaField

from webapp.page_forms import PageForm


class ImportForm(PageForm):
    """A definition: a file (YAML, JSON, XLSX), or pasted text."""

    file = FileField(lazy_gettext("Berkas"))
    text = TextAreaField(lazy_gettext("Atau tempelkan isinya"))
