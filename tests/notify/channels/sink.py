"""A service on the loopback that takes what is sent to it, by TLS, and answers after a while.

It keeps every request whole. `python -m tests.notify.channels.sink FOLDER PORT DELAY` is one
apart from the process that sends, for measuring.
"""

import asyncio
import json
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Answer:
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Sink:
    """Answers each request with `answers(asked)` after `delay` seconds."""

    def __init__(self, folder: Path, *, port: int = 0, delay: float = 0, keeps: bool = True):
        self.delay, self.keeps, self.wanted = delay, keeps, port
        self.asked: list[Asked] = []
        self.answers: Callable[[Asked], Answer] = lambda _asked: Answer()
        self.connections = 0
        self.certificate, self.key = certified(folder)

    @property
    def place(self) -> str:
        return f"localhost:{self.port}"

    @property
    def address(self) -> str:
        return f"https://{self.place}"

    async def open(self) -> asyncio.Server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        made = lambda: Line(self)  # noqa: E731
        loop = asyncio.get_running_loop()
        server = await loop.create_server(made, "127.0.0.1", self.wanted, ssl=context, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        return server

    def __enter__(self) -> "Sink":
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self.open(), self.loop).result()
        return self

    def __exit__(self, *_error: object) -> None:
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


class Line(asyncio.Protocol):
    """One connection: HTTP/1.1, one request after the other."""

    def __init__(self, sink: Sink):
        self.sink, self.got = sink, b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.sink.connections += 1

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, found, rest = self.got.partition(b"\r\n\r\n")
        if not found:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        size = int(headers.get("content-length", 0))
        if len(rest) < size:
            return
        self.got = rest[size:]
        cased = dict(line.split(": ", 1) for line in lines)
        method, path, _version = first.split(" ")
        named = {name.lower(): value for name, value in cased.items()}
        self._take(Asked(method, path, named, rest[:size]))

    def _take(self, asked: Asked) -> None:
        if self.sink.keeps:
            self.sink.asked.append(asked)
        answer = self.sink.answers(asked)
        loop = asyncio.get_running_loop()
        loop.call_later(self.sink.delay, self._write, answer)

    def _write(self, answer: Answer) -> None:
        headers = {"Content-Length": str(len(answer.body))} | answer.headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {answer.status} Said\r\n{lines}\r\n"
        self.transport.write(head.encode() + answer.body)


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that is its own authority, and its key; made once."""
    certificate, key_file = folder / "sink.pem", folder / "sink.key"
    if certificate.exists():
        return certificate, key_file
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    certificate.write_bytes(pem)
    plain = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    key_file.write_bytes(key.private_bytes(*plain))
    return certificate, key_file


async def serve(folder: Path, port: int, delay: float) -> None:
    sink = Sink(folder, port=port, delay=delay, keeps=False)
    sink.answers = lambda asked: Answer(410 if asked.path.startswith("/dead/") else 201)
    server = await sink.open()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
