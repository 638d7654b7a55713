"""Browsers that ask without a pause: a few connections in a process of their own, with as little work as possible."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

REQUEST_SECONDS = 30.0
BARE_PATH = "/bare"
"""Where the bare response stands beside the application."""


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent, and the status that must come back."""

    content: bytes
    expected: int


@dataclass
class Answers:
    """What the visitors of one slice of time saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)


def request(method: str, path: str, host: str, *, cookie: str = "", body: bytes = b"", expected: int = 200) -> Request:
    """A request as a browser sends it, as far as the server looks at it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "User-Agent: Mozilla/5.0 Firefox/140.0"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += [f"Origin: http://{host}", "Sec-Fetch-Site: same-origin"]
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return Request("\r\n".join([*lines, "", ""]).encode() + body, expected)


def ask(
    address: tuple[str, int], sources: list[Iterator[Request]], *, seconds: float | None
) -> tuple[Answers, list[bytes]]:
    """Let every source send its requests one after the other on its own connection, for so long or until all are sent.

    Gives what was measured, and the last body of each. An unexpected status ends the run.
    """
    answers, bodies, failures = Answers(), [b""] * len(sources), []
    began = time.perf_counter()
    until = None if seconds is None else began + seconds

    def visit(place: int, source: Iterator[Request]) -> None:
        try:
            with Connection(address) as connection:
                for number, one in enumerate(source):
                    # Each asks at least once, however busy the machine.
                    if number and until is not None and time.perf_counter() >= until:
                        return
                    sent = time.perf_counter()
                    status, bodies[place] = connection.send(one.content)
                    answers.latencies.append(time.perf_counter() - sent)
                    if status != one.expected:
                        raise RuntimeError(f"status {status} instead of {one.expected}: {bodies[place][:300]!r}")
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=visit, args=pair) for pair in enumerate(sources)]
    _all(threads, threading.Thread.start)
    _all(threads, threading.Thread.join)
    if failures:
        raise failures[0]
    answers.seconds = time.perf_counter() - began
    return answers, bodies


def _all(threads: list[threading.Thread], do: Callable[[threading.Thread], None]) -> None:
    for thread in threads:
        do(thread)


class Connection:
    """One kept-alive connection; opened anew when the server has closed it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self._socket: socket.socket | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, content: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self._socket is None:
            self._socket = socket.create_connection(self.address, REQUEST_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(content)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(": ", 1) for line in head[1:])
        parts, missing = [received[end + 4 :]], int(fields["content-length"]) - (len(received) - end - 4)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        if fields.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), b"".join(parts)

    def _more(self) -> bytes:
        assert self._socket is not None
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the server hung up in the middle of an answer")
        return received
