"""The HTTP/1.1 server: reads a request, asks an application, writes the answer.

Head and body leave in one write with Nagle's delay off: two writes cost 40 ms on loopback.
It also carries out the ways in which an answer may fail on the socket.
"""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.wire import Answer, Request

Application = Callable[[Request], Answer]
PIECES = 20
_LEARNING = 0.05
_LATEST_WAKE_S = 0.002


class Handler(BaseHTTPRequestHandler):
    """Reads one request after another from a kept connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rbufsize = 65536
    server: "LoopbackServer"
    _arrived: float

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent: the journal is the log."""

    def parse_request(self) -> bool:
        """Note when the request came: reading its head is part of the latency."""
        self._arrived = time.perf_counter()
        return super().parse_request()

    def serve(self) -> None:
        """Answer the request that was just parsed."""
        path, _, query = self.path.partition("?")
        request = Request(
            self.command,
            path,
            query,
            {name.lower(): value for name, value in self.headers.items()},
            self._read_body(),
            self.server.clock.now(),
            time.time(),
        )
        answer = self.server.application(request)
        self._hold(self._arrived + self.server.latency_s())
        self._wait(answer.delivery.stall_s)
        if self.command == "HEAD":
            answer.body = b""
        self._send(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = serve  # noqa: N815

    def _hold(self, until: float) -> None:
        """Wait until the latency is over. A thread wakes a little late: its habit is taken off."""
        seconds = until - time.perf_counter() - self.server.wakes_late_s
        if seconds <= 0:
            return
        self._wait(seconds)
        late_s = time.perf_counter() - until
        habit_s = self.server.wakes_late_s + _LEARNING * late_s
        self.server.wakes_late_s = min(_LATEST_WAKE_S, max(0.0, habit_s))

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self.server.stopping.wait(seconds)

    def _read_body(self) -> bytes:
        if "chunked" in (self.headers.get("Transfer-Encoding") or ""):
            return b"".join(self._read_chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _read_chunks(self) -> list[bytes]:
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return pieces

    def _send(self, answer: Answer) -> None:
        if answer.delivery.reset:
            self._reset()
            return
        head = self._head(answer)
        how = answer.delivery
        if how.cut_share is not None:
            self.connection.sendall(head + answer.body[: int(len(answer.body) * how.cut_share)])
            self._reset() if how.cut_by_reset else self._close()
        elif how.spread_s > 0:
            self._trickle(head, answer.body, how.spread_s)
        else:
            self.connection.sendall(head + answer.body)

    def _head(self, answer: Answer) -> bytes:
        phrase = HTTPStatus(answer.status).phrase
        lines = [f"HTTP/1.1 {answer.status} {phrase}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        if answer.status not in {204, 304}:
            lines.append(f"Content-Length: {len(answer.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _trickle(self, head: bytes, body: bytes, seconds: float) -> None:
        step = max(1, -(-len(body) // PIECES))
        self.connection.sendall(head)
        for start in range(0, len(body), step):
            self._wait(seconds / PIECES)
            self.connection.sendall(body[start : start + step])

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def _close(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)


class LoopbackServer(ThreadingHTTPServer):
    """A threaded server on 127.0.0.1 with a latency and, where asked, TLS."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, application: Application, clock: SandboxClock, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.application = application
        self.clock = clock
        self.latency_s: Callable[[], float] = float
        self.wakes_late_s = 0.0
        self.stopping = threading.Event()
        self.context: ssl.SSLContext | None = None

    @property
    def port(self) -> int:
        """Return the port that is bound."""
        return int(self.server_address[1])

    def get_request(self) -> tuple[Any, Any]:
        """Accept a connection; the TLS handshake is left to the connection's own thread."""
        connection, peer = super().get_request()
        if self.context is None:
            return connection, peer
        wrapped = self.context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        return wrapped, peer

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection that may already be closed."""
        with contextlib.suppress(OSError):
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that the other side broke: the tests do that on purpose."""

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving and end every wait."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
