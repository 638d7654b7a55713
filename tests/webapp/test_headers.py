"""Headers on every answer."""

import re

import pytest
from flask import Flask

from models.settings import Settings
from webapp import access
from webapp.app import create_app
from webapp.statics import asset

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PAGES = ["/sign-in", "/healthz", "/no-such-page", "/account", "/sign-out", "/activate/x"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers_errors_and_redirects_too(client, path) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", answer.headers["X-Request-ID"])


def test_the_policy_allows_only_our_own_files(client) -> None:
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["style-src"] == "'self'"
    assert parts["form-action"] == "'self'"
    assert parts["frame-ancestors"] == parts["base-uri"] == parts["object-src"] == "'none'"
    assert re.fullmatch(r"'self' 'nonce-[\w-]{22}'", parts["script-src"])


def test_the_nonce_of_the_page_is_that_of_the_policy_and_new_each_time(client) -> None:
    def nonces(answer) -> set[str]:
        return {*re.findall(r'nonce="([^"]+)"', answer.text), *re.findall(r"'nonce-([^']+)'", str(answer.headers))}

    one, two = nonces(client.get("/sign-in")), nonces(client.get("/sign-in"))
    assert len(one) == len(two) == 1
    assert one != two


def test_no_page_holds_inline_script_or_style(client, client_for, people) -> None:
    signed_in = client_for(people.ani)
    pages = [client.get("/sign-in"), client.get("/setup"), client.get("/no-such-page")]
    pages += [signed_in.get("/account"), signed_in.get("/account/password")]
    for page in pages:
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)|hx-on", page.text)


def test_a_signed_in_page_is_never_kept_whatever_the_view_says(app: Flask, client_for, people, client) -> None:
    @access.signed_in
    def eager():
        return "kept", 200, {"Cache-Control": "public, max-age=3600"}

    app.add_url_rule("/eager", "eager", eager)
    assert client_for(people.citra).get("/eager").headers["Cache-Control"] == "no-store"


def test_production_insists_on_tls(engine, tmp_path) -> None:
    settings = Settings(
        data=tmp_path, environment="production", secret_key="k" * 40, public_url="https://kinerja.example.go.id"
    )
    client = create_app(settings, engine).test_client()
    answer = client.get("/sign-in", base_url="https://kinerja.example.go.id")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_built_files_are_kept_for_ever_and_have_the_headers(client) -> None:
    answer = client.get(asset("app.css"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "Set-Cookie" not in answer.headers
    answer.close()


def test_old_names_of_built_files_are_gone_not_guessed(client) -> None:
    assert client.get("/static/dist/app.css").status_code == 404
    assert client.get("/static/dist/../../app.py").status_code == 404
    with pytest.raises(KeyError):
        asset("missing.css")
