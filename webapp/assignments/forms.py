"""A form of the catalogue bound for one assignment, and which of its parts are complete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from forms.builder import AnswerField, AnswersForm, RowsField, bind
from forms.schema import FormSchema, Section
from models.assignments import Assignment, Draft
from models.queries import access
from models.queries.answer_context import context_for
from models.queries.designs import earlier_version, form_at, form_schema
from webapp.converters import row_number
from webapp.db import db
from webapp.i18n import say
from webapp.visitor import current_actor


@dataclass(frozen=True)
class Part:
    """One section of a form and how many of its answers are still missing or wrong; on which page it stands."""

    key: str
    title: str
    open: int
    page: int | None

    def address(self, assignment_id: int) -> str:
        """Where the section is."""
        if self.page is None:
            return f"#section-{self.key}"
        return url_for("assignments.show", assignment_id=assignment_id, page=self.page)


@dataclass(frozen=True)
class Step:
    """One page of a form: its number in the design, and its place among the pages that are asked now."""

    number: int
    place: int
    of: int
    sections: list[tuple[Section, list[AnswerField | RowsField]]]
    before: int | None
    after: int | None

    @property
    def last(self) -> bool:
        """Whether the answers are checked after this page."""
        return self.after is None

    def keys(self) -> set[str]:
        """The questions of the page."""
        return {field.short_name for _, fields in self.sections for field in fields}


def step_of(form: AnswersForm, number: int | None) -> Step:
    """The page of that number, or the nearest before it that is asked."""
    pages = form.schema.pages()
    asked = [place for place, page in enumerate(pages, 1) if any(form.is_asked(section) for section in page)] or [1]
    number = max((one for one in asked if one <= (number or 1)), default=asked[0])
    place = asked.index(number)
    return Step(
        number,
        place + 1,
        len(asked),
        [(section, form.fields_of(section)) for section in (pages[number - 1] if pages else ())],
        asked[place - 1] if place else None,
        asked[place + 1] if place + 1 < len(asked) else None,
    )


def pages_of(schema: FormSchema) -> dict[str, int | None]:
    """Question → number of the page it stands on; none where there is only one."""
    several = schema.layout == "pages"
    return {
        field.key: number if several else None
        for number, page in enumerate(schema.pages(), 1)
        for section in page
        for field in section.asked()
    }


def page_with_mistakes(form: AnswersForm) -> int | None:
    """The first page on which something has to be corrected."""
    pages = pages_of(form.schema)
    numbers = [number for path in form.errors if (number := pages.get(path.partition(".")[0])) is not None]
    return min(numbers, default=None)


def schema_of(assignment: Assignment, version_id: int | None = None) -> FormSchema:
    """The form that is answered; or as it was in the version that a draft or an open page was made for."""
    if version_id is not None:
        return form_at(db(), version_id)
    version = assignment.stage.form_version
    assert version is not None
    return form_schema(version)


def sent_version(assignment: Assignment) -> int | None:
    """The version of the form that the page of this request showed, if it is an earlier one than the stage has now."""
    version_id, current = request.form.get("_form", type=row_number), assignment.stage.form_version
    if version_id is None:
        draft = access.draft(db(), current_actor(), assignment)
        version_id = draft.form_version_id if draft else None
    if version_id is None or current is None or version_id == current.id:
        return None
    return None if earlier_version(db(), current, version_id) is None else version_id


def shown_version(assignment: Assignment, form: AnswersForm) -> int | None:
    """Which version of the form a page shows: that of the stage, or the one the page before it had."""
    current = form.schema.digest() == schema_of(assignment).digest()
    return assignment.stage.form_version_id if current else sent_version(assignment)


def bound(
    assignment: Assignment,
    *,
    formdata: Any = None,
    raw: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
    version_id: int | None = None,
) -> AnswersForm:
    """The form with what was sent or typed before."""
    schema = schema_of(assignment, version_id)
    return bind(schema, formdata=formdata, raw=raw, context=context_for(db(), assignment, schema), only=only)


def bound_to_request(assignment: Assignment) -> AnswersForm:
    """The form with what this request sends; of a form of several pages the other pages are as the draft has them."""
    number = sent_page()
    version_id = sent_version(assignment)
    schema = schema_of(assignment, version_id)
    pages = schema.pages()
    if schema.layout == "all" or number is None or not 1 <= number <= len(pages):
        return bound(assignment, formdata=request.form, version_id=version_id)
    draft = access.draft(db(), current_actor(), assignment)
    keys = {field.key for section in pages[number - 1] for field in section.asked()}
    raw = draft.raw if draft else None
    return bound(assignment, formdata=request.form, raw=raw, only=keys, version_id=version_id)


def sent_page() -> int | None:
    """The number of the page that this request sends, of a form of several."""
    return request.form.get("_page", type=int)


def unsent_file() -> tuple[str, str] | None:
    """The question and name of a file that was chosen in a page without script, but not uploaded before sending."""
    chosen = ((key, name) for key, name in request.form.items() if key.startswith("_file-") and name)
    return next(((key.removeprefix("_file-"), name) for key, name in chosen), None)


def bound_to_draft(assignment: Assignment) -> tuple[AnswersForm, Draft | None]:
    """The form with what was typed so far, as it was when that was typed."""
    draft = access.draft(db(), current_actor(), assignment)
    if draft is None:
        return bound(assignment), None
    return bound(assignment, raw=draft.raw, version_id=draft.form_version_id), draft


def parts(form: AnswersForm) -> list[Part]:
    """The sections with what is still open in each, whether or not the form has been checked in front of the person."""
    wrong = [path.partition(".")[0] for path in form.settled.errors]
    found = []
    for number, page in enumerate(form.schema.pages(), 1):
        for section in page:
            if not form.is_asked(section):
                continue
            key = section.key
            if section.rows is not None and (entries := form.fields_of(section)[0].entries):
                key = entries[0].name
            still_open = sum(wrong.count(field.key) for field in section.asked())
            place = None if form.schema.layout == "all" else number
            found.append(Part(key, say(section.title), still_open, place))
    return found
