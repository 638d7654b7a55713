"""What an operation refused, shown at the field that was meant."""

from wtforms import Form

from models.errors import Invalid


def show_refusal(form: Form, error: Invalid) -> None:
    """Put each message at its field; one without a field of this form stands on top."""
    for place, message in error.errors.items() or [("", error.message)]:
        if place in form:
            form[place].errors = [*form[place].errors, message]
        else:
            form.form_errors.append(message)
