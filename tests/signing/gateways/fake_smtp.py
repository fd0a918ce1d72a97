"""A mail server on loopback that knows STARTTLS, a login and an envelope, with a certificate made for the day."""

from __future__ import annotations

import base64
import datetime
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "sealbot", "made-up"


@dataclass
class Post:
    """What came in: letters with the words of their envelope. `refusals` answer RCPT, in order."""

    port: int = 0
    letters: list[tuple[list[str], str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    """What was said before TLS."""


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signed itself, and its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "mail.pem"
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none))
    return path


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port. `tls`: it offers STARTTLS."""

    daemon_threads = True

    def __init__(self, post: Post, pem: Path, tls: bool) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.post, self.tls = post, tls
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pem)


class Session(socketserver.StreamRequestHandler):
    """One letter's talk."""

    server: Server

    def handle(self) -> None:
        self.secure, self.known, self.to = False, False, list[str]()
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            if not self.secure:
                self.server.post.plain.append(line)
            verb = line.split()[0].upper()
            if verb == "QUIT":
                return self.say("221 bye")
            try:
                getattr(self, f"on_{verb.lower()}")(line)
            except (OSError, AttributeError):
                return None
        return None

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()

    def on_ehlo(self, _: str) -> None:
        offer = "250-STARTTLS\r\n" if self.server.tls and not self.secure else ""
        self.say(f"250-hello\r\n{offer}250 AUTH PLAIN")

    def on_starttls(self, _: str) -> None:
        self.say("220 go on")
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.secure = True

    def on_auth(self, line: str) -> None:
        wanted = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
        self.known = self.secure and line.split()[-1] == wanted
        self.say("235 known" if self.known else "535 wrong")

    def on_mail(self, _: str) -> None:
        self.say("250 ok" if self.known else "530 log in first")

    def on_rcpt(self, line: str) -> None:
        answer = self.server.post.refusals.pop(0) if self.server.post.refusals else "250 ok"
        self.to.append(line.partition(":")[2].strip("<> "))
        self.say(answer)

    def on_rset(self, _: str) -> None:
        self.say("250 ok")

    def on_data(self, _: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.server.post.letters.append((self.to, "\n".join(lines)))
        self.say("250 taken")


@contextmanager
def serving(pem: Path, *refusals: str, tls: bool = True) -> Iterator[Post]:
    post = Post(refusals=list(refusals))
    with Server(post, pem, tls) as server:
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield post
        server.shutdown()
