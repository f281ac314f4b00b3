"""What may stand between a phone and our server: a front that passes on, or goes wrong on request.

The phone knows only its address. `fault` names what it does to requests whose path begins with
one of `on`; None lets everything through.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.lib import clock

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "date", "server"}
PAGE = "<!doctype html><title>{0}</title><h1>{0}</h1>"
EVERYTHING, SENDING = ("/",), ("/sync",)


class Front(ThreadingHTTPServer):
    """A proxy in front of one server, on a port of its own."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, server_port: int, certificate: Path | None = None):
        super().__init__(("127.0.0.1", 0), Passing)
        self.to, self.certificate = server_port, certificate
        self.fault: str | None = None
        self.on: tuple[str, ...] = SENDING
        self.seen: list[tuple[float, str]] = []
        self.address = f"http{'s' if certificate else ''}://127.0.0.1:{self.server_port}"
        self._serves()

    def vanishes(self) -> None:
        """Nobody listens any more, and who was connected is cut off."""
        self.goes_wrong("hangs up", on=EVERYTHING)
        self.shutdown()
        self.server_close()

    def returns(self) -> None:
        self.socket = socket.socket(self.address_family, self.socket_type)
        self.server_bind()
        self.server_activate()
        self.goes_wrong(None)
        self._serves()

    def _serves(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()

    def goes_wrong(self, fault: str | None, on: tuple[str, ...] = SENDING) -> None:
        self.fault, self.on, self.seen = fault, on, []

    def get_request(self):
        connection, address = super().get_request()
        if self.certificate and self.fault != "no TLS":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            connection = context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def handle_error(self, _request, _address) -> None:
        """A connection that ends is no fault of ours here."""


class Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = f"{self.command} {self.path}"
        self.server.seen.append((time.monotonic(), request))
        fault = self.server.fault if self.path.startswith(self.server.on) else None
        if fault is None:
            self._answer(*self._ask(body))
        else:
            FAULTS[fault](self, body)

    do_GET = do_POST = do_PUT = _pass

    def log_message(self, *_words: object) -> None:
        """Says nothing."""

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """The server's own answer; 502 where it has none, as a proxy says."""
        server = HTTPConnection("127.0.0.1", self.server.to, timeout=60)
        try:
            server.request(self.command, self.path, body, dict(self.headers))
            answer = server.getresponse()
            kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in HOP_BY_HOP]
            return answer.status, kept, answer.read()
        except (OSError, HTTPException):
            return 502, [("Content-Type", "text/html")], PAGE.format("502 Bad Gateway").encode()
        finally:
            server.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def says(self, status: int, kind: str, body: str, *more: tuple[str, str]) -> None:
        self._answer(status, [("Content-Type", kind), *more], body.encode())

    def hangs_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.close()

    def cuts_the_answer(self, body: bytes) -> None:
        """The server did its work, and the phone hears half of it."""
        status, _headers, answer = self._ask(body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer[: len(answer) // 2])
        self.wfile.flush()
        self.hangs_up()


def _says(status: int, kind: str, body: str, *more: tuple[str, str]) -> Callable:
    return lambda front, _body: front.says(status, kind, body, *more)


HTML, JSON, TEXT = "text/html; charset=utf-8", "application/json", "text/plain"
FAULTS: dict[str, Callable[[Passing, bytes], None]] = {
    "500": _says(500, HTML, PAGE.format("Internal Server Error")),
    "502 with a page": _says(502, HTML, PAGE.format("502 Bad Gateway")),
    "503": _says(503, HTML, PAGE.format("Service Unavailable")),
    "413": _says(413, HTML, PAGE.format("Request Entity Too Large")),
    "429": _says(429, TEXT, "slow down", ("Retry-After", "2")),
    "507": _says(507, JSON, '{"why": "服务器存不下了，登记已存在手机上。"}'),
    "a portal's page": _says(200, HTML, PAGE.format("欢迎使用免费 Wi-Fi")),
    "a portal's redirect": _says(302, HTML, "", ("Location", "/welcome-to-the-wifi")),
    "no JSON": _says(200, TEXT, "OK"),
    "JSON of somebody else": _says(200, JSON, '{"status": "ok"}'),
    "hangs up": lambda front, _body: front.hangs_up(),
    "half an answer": lambda front, body: front.cuts_the_answer(body),
    "no TLS": lambda front, _body: front.hangs_up(),
}


def certificate_in(folder: Path) -> Path:
    """A key and a certificate for the loopback that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(clock.now() - timedelta(days=1))
    made = made.not_valid_after(clock.now() + timedelta(days=1)).sign(key, hashes.SHA256())
    path = folder / "certificate.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *form)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
