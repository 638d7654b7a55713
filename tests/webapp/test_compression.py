"""Pages are compressed for browsers that understand it, and their length tells nothing exact."""

import gzip

from flask import Flask, Response

from tests.cast import Cast
from tests.webapp.conftest import Client
from webapp import compression

ACCEPT = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_compressed_for_a_browser_that_understands_it(client: Client, people: Cast):
    plain = client.get("/sign-in")
    packed = client.get("/sign-in", headers=ACCEPT)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert "Kata sandi" in gzip.decompress(packed.data).decode()
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_browser_that_refuses_gets_the_page_as_it_is(client: Client, people: Cast):
    answer = client.get("/sign-in", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


def test_the_same_page_has_no_fixed_length():
    app = Flask(__name__)
    lengths = set()
    for _ in range(20):
        with app.test_request_context(headers=ACCEPT):
            lengths.add(len(compression.compress(Response("x" * 5000)).data))
    assert len(lengths) > 5
    assert max(lengths) - min(lengths) <= compression.MOST_PADDING + 1


def test_short_answers_files_and_streams_go_out_as_they_are():
    app = Flask(__name__)
    for answer in (
        Response("short"),
        Response(b"%PDF" * 1000, mimetype="application/pdf"),
        Response(iter(["long " * 1000]), mimetype="text/csv"),
    ):
        with app.test_request_context(headers=ACCEPT):
            assert "Content-Encoding" not in compression.compress(answer).headers
