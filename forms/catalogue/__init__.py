"""The forms that ship with the program; HR copies and changes them like any other."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType

from forms.exchange.yaml import load_form
from forms.schema import FormSchema


@cache
def shipped() -> MappingProxyType[str, FormSchema]:
    """The shipped forms by key, in order of their names."""
    found = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    forms = [load_form(file.read_text(encoding="utf-8")) for file in found]
    return MappingProxyType({form.key: form for form in forms})
