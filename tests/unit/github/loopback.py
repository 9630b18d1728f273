"""A server on loopback that says exactly the bytes it is told, once for each request."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


def http(status: str, body: bytes = b"", **headers: str) -> bytes:
    """Return an answer with its Content-Length, unless one is given."""
    fields = {"Content-Length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Loopback:
    """Answers on one port; `requests` holds the text of what came, `connections` their number."""

    def __init__(self, answers: list[bytes], context: ssl.SSLContext | None = None) -> None:
        self.requests: list[str] = []
        self.connections = 0
        self._answers = list(answers)
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._answers.clear()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while self._answers:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            peer.settimeout(5)
            self.connections += 1
            with suppress(OSError):
                if self._context:
                    peer = self._context.wrap_socket(peer, server_side=True)
                self._converse(peer)
            peer.close()

    def _converse(self, peer: socket.socket) -> None:
        """Answer until the script says to close: an answer that does not end with its length."""
        while self._answers:
            head = self._request(peer)
            if not head:
                return
            self.requests.append(head)
            answer = self._answers.pop(0)
            peer.sendall(answer.removesuffix(b"<cut>"))
            if answer.endswith(b"<cut>"):
                return

    def _request(self, peer: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = peer.recv(65_536)
            if not piece:
                return ""
            data += piece
        return data.decode()


@contextmanager
def loopback(*answers: bytes, context: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Run a server for the length of a block."""
    server = Loopback(list(answers), context)
    try:
        yield server
    finally:
        server.close()
