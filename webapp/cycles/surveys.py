"""Addresses of the public survey with QR codes, and a poster of each unit to print and hang up."""

import segno
from flask import current_app, render_template, url_for
from markupsafe import Markup

from models.errors import NotFound
from models.queries import access as queries
from models.queries.designs import cycle_design
from models.queries.surveys import unit_links
from webapp.cycles.blueprint import blueprint, watchers
from webapp.db import db
from webapp.visitor import current_actor


@blueprint.get("/cycles/<key>/survey")
@watchers
def survey(key: str) -> str:
    """The address of each unit, and how many have answered."""
    cycle = queries.cycle(db(), current_actor(), key)
    return render_template(
        "cycles/survey.html",
        cycle=cycle,
        links=unit_links(db(), current_actor(), cycle),
        design=cycle_design(cycle.design_version),
        public_address=public_address,
    )


@blueprint.get("/cycles/<key>/survey/<stage_key>/<int:unit_id>/poster")
@watchers
def poster(key: str, stage_key: str, unit_id: int) -> str:
    """One A4 page with the QR code of a unit."""
    cycle = queries.cycle(db(), current_actor(), key)
    links = unit_links(db(), current_actor(), cycle)
    link = next((one for one in links if one.stage.key == stage_key and one.unit.id == unit_id), None)
    if link is None:
        raise NotFound
    address = public_address(link.token)
    return render_template("cycles/poster.html", cycle=cycle, link=link, address=address, code=qr_code(address))


def public_address(token: str) -> str:
    """The address as it is printed: under the public name of this office, not under that of this request."""
    base: str = current_app.extensions["settings"].public_url
    return base.rstrip("/") + url_for("survey.show", token=token)


def qr_code(address: str) -> Markup:
    """The address as a drawing; medium correction, so that a folded poster still reads."""
    drawing = segno.make(address, error="m", micro=False)
    svg = drawing.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="k-qr", lineclass=None)
    return Markup(svg)  # noqa: S704 - drawn by the library from modules, holds no text of anybody
