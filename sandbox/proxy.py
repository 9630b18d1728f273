"""An HTTP forward proxy that counts: CONNECT tunnels and absolute-form requests.

It connects to loopback only, whatever a client asks for.
"""

import contextlib
import ipaddress
import select
import socket
import socketserver
import threading
from urllib.parse import urlsplit

HEAD_END = b"\r\n\r\n"
CHUNK = 65_536
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class ProxyHandler(socketserver.BaseRequestHandler):
    """Carries one client connection."""

    server: "LoopbackProxy"

    def handle(self) -> None:
        """Read the head, connect, and pump both ways until one side ends."""
        head = self._read_head()
        if not head:
            return
        method, target, version = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        self.server.count(method, target)
        tunnel = method == "CONNECT"
        host, port = _address(target, tunnel=tunnel)
        if not _is_loopback(host):
            self.request.sendall(REFUSED)
            return
        with socket.create_connection((host, port), timeout=10) as upstream:
            if tunnel:
                self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                upstream.sendall(head.partition(HEAD_END)[2])
            else:
                upstream.sendall(_origin_form(head, method, target, version))
            self._pump(upstream)

    def _read_head(self) -> bytes:
        head = b""
        while HEAD_END not in head:
            piece = self.request.recv(CHUNK)
            if not piece:
                return b""
            head += piece
        return head

    def _pump(self, upstream: socket.socket) -> None:
        pairs = {self.request: upstream, upstream: self.request}
        while not self.server.stopping.is_set():
            ready, _, _ = select.select(list(pairs), [], [], 0.2)
            for side in ready:
                piece = side.recv(CHUNK)
                if not piece:
                    return
                pairs[side].sendall(piece)


def _address(target: str, *, tunnel: bool) -> tuple[str, int]:
    parts = urlsplit(f"//{target}" if tunnel else target)
    return parts.hostname or "", parts.port or (443 if tunnel else 80)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _origin_form(head: bytes, method: str, target: str, version: str) -> bytes:
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first = f"{method} {path} {version}\r\nConnection: close".encode("latin-1")
    return first + b"\r\n" + head.split(b"\r\n", 1)[1]


class LoopbackProxy(socketserver.ThreadingTCPServer):
    """The proxy on a free port."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, seen: dict[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), ProxyHandler)
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self.seen = seen

    @property
    def url(self) -> str:
        """Return the proxy's address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def count(self, method: str, target: str) -> None:
        """Count a request by method and host, without path or query."""
        host, port = _address(target, tunnel=method == "CONNECT")
        with self._lock:
            key = f"{method} {host}:{port}"
            self.seen[key] = self.seen.get(key, 0) + 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that broke."""

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
