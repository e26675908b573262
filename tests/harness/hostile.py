"""A web server on this machine that answers as strangers do: late, without end, with rubbish."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Answer = Callable[["Asked"], None]

RSS = """\
<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>市政府网站</title>
<item><title>金色家园&nbsp;延期交房</title><link>/a?x=1&y=2</link><guid>one</guid>
<pubDate>Mon, 21 Sep 2026 09:30:00 +0800</pubDate><dc:creator>王记者</dc:creator>
<description><![CDATA[<p>业主<b>反映</b>停工</p><script>alert(1)</script>]]></description></item>
<item><title>翠湖小区换物业</title><link>http://example.cn/b</link>
<pubDate>2030-01-01 00:00:00</pubDate></item>
</channel></rss>"""


@dataclass(kw_only=True)
class Asked:
    """One question: its path and headers, and how it is answered."""

    path: str
    headers: Mapping[str, str]
    send: Callable[[bytes], object]
    over: threading.Event

    def answer(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        self.send("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)

    def drip(self, *pieces: bytes, seconds: float = 0.05) -> None:
        """Send the last piece again and again, a little at a time."""
        for piece in pieces[:-1]:
            self.send(piece)
        while not self.over.wait(seconds):
            self.send(pieces[-1])


@dataclass(kw_only=True)
class Stranger:
    """What the server answers at each path, and what it was asked."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def address(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serves(self, body: bytes | str, *headers: str, status: str = "200 OK") -> None:
        """Answer /feed with a body from now on."""
        sent = body.encode() if isinstance(body, str) else body
        self.pages["/feed"] = lambda asked: asked.answer(sent, *headers, status=status)


@contextmanager
def stranger() -> Iterator[Stranger]:
    """Run such a server on a free port."""
    over = threading.Event()

    class _Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # whoever asked had enough
                path = self.rfile.readline().decode().split(" ")[1]
                lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
                headers = dict(line.split(": ", 1) for line in lines)
                asked = Asked(path=path, headers=headers, send=self.wfile.write, over=over)
                there.asked.append(asked)
                there.pages[path](asked)

    class _Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with _Server(("127.0.0.1", 0), _Handler) as server:
        there = Stranger(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield there
        finally:
            over.set()
            server.shutdown()
            thread.join()


@contextmanager
def vouched_for_by_nobody(folder: Path) -> Iterator[str]:
    """Listen with a certificate that it wrote itself; yield the address, whose host is made up."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "feeds.example.cn")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )
    both = folder / "own.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)

    def shake_hands() -> None:
        caller, _ = listening.accept()
        with caller, suppress(OSError):  # who asks hangs up
            context.wrap_socket(caller, server_side=True)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=shake_hands)
        thread.start()
        yield f"https://feeds.example.cn:{listening.getsockname()[1]}/feed"
        thread.join()
