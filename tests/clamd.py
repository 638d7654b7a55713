"""A stand-in for ClamAV's daemon that speaks INSTREAM, finds the word VIRUS, and can be told to misbehave."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Daemon(socketserver.ThreadingTCPServer):
    """`mood`: `well`, `full` (answers an error), `silent` (hangs up without an answer)."""

    allow_reuse_address = True
    daemon_threads = True
    mood = "well"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[bytes] = []

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: Daemon

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.received.append(content)
        if self.server.mood == "full":
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif self.server.mood == "well":
            self.wfile.write(b"stream: Eicar-Test FOUND\0" if b"VIRUS" in content else b"stream: OK\0")


@contextmanager
def clamd() -> Iterator[Daemon]:
    """A daemon that listens while the block runs."""
    with Daemon() as daemon:
        thread = threading.Thread(target=daemon.serve_forever, daemon=True)
        thread.start()
        yield daemon
        daemon.shutdown()
        thread.join()
