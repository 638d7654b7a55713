"""What all pages with questions share: what has become a question since the page was drawn."""

from flask import request

from forms.builder import AnswersForm


def newly_asked(form: AnswersForm) -> bool:
    """Whether there is a question to answer that the page that was sent did not show yet."""
    if form.schema.logic.plain or "_hidden" not in request.form:
        return False
    unseen = set(request.form["_hidden"].split()) - set(form.hidden_names)
    return any(
        field is not None and field.kind.by_hand and field.kind.is_blank(field.raw)
        for field in (form.at(name.replace("-", ".")) for name in unseen)
    )
