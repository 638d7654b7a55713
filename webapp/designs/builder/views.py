"""The pages of the builder, gathered, and what all their templates can use."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from forms.editing import Place, find, name_of
from forms.errors import Invalid
from webapp.designs.blueprint import blueprint
from webapp.designs.builder import drafts, logic, pages, source, starting, translating, trying
from webapp.designs.builder.drafts import Draft

__all__ = ["blueprint", "logic", "pages", "source", "starting", "translating", "trying"]


def publish_address(draft: Draft) -> str:
    """Where a draft is published, after a look at what that means."""
    version = draft.version
    return url_for("designs.before_publishing", kind="form", key=version.design.key, number=version.number)


def target_name(draft: Draft, target: str) -> str:
    """Where the toolbox puts a new question, in words."""
    place = Place.read(target)
    try:
        name = name_of(find(draft.definition, place))
    except Invalid:
        return ""
    return name if place.is_section else gettext("setelah “%(name)s”", name=name)


@blueprint.context_processor
def _for_templates() -> dict[str, Any]:
    return {"builder_tabs": drafts.tabs, "publish_address": publish_address, "target_name": target_name}
