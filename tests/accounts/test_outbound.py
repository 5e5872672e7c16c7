"""An address that somebody else chose never leads to one that only this machine can reach."""

from __future__ import annotations

import datetime
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings

from timbang.accounts import outbound
from timbang.accounts.outbound import NotReached, post, public, target_of
from timbang.law.refusal import Refusal

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "192.0.2.1", "198.18.0.1", "::", "::1", "::127.0.0.1", "fe80::1", "fc00::1", "fd12:3456::1",
    "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "103.10.66.1", "2606:4700::1111", "::ffff:1.1.1.1", "2404:6800:4003::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_only_we_can_reach_is_not_public(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_public(address: str) -> None:
    assert public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "https://",
        "https:///in",
        "https://user@a.example/",
        "https://user:word@a.example/",
        "https://a.example:22/",
        "https://a.example:99999/",
        "https://a.example/#x",
        "https://a.example/ b",
        "https://a.example/\r\nHost: b",
        "https://ä.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[broken/",
        "https://a.example/" + "a" * 500,
        "gopher",
    ],
)
def test_an_address_that_we_would_never_talk_to_is_refused_when_typed(url: str) -> None:
    with pytest.raises(Refusal):
        target_of(url)


def test_an_ordinary_address_is_taken() -> None:
    target = target_of("https://a.example:8443/in?x=1")
    assert (target.host, target.port, target.path) == ("a.example", 8443, "/in?x=1")


def leads_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[Any]:
    """Names lead where it is said here, each time somewhere else; returns what was connected to."""
    waiting, connected = list(answers), []

    def resolve(_host: str, port: int, **_more: Any) -> list[Any]:
        found = waiting.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def connect(where: Any, *_more: Any) -> Any:
        connected.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    return connected


@pytest.mark.parametrize("found", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["fe80::1%eth0"], []])
def test_a_name_that_leads_inside_is_not_talked_to(
    monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    connected = leads_to(monkeypatch, found)
    with pytest.raises(NotReached):
        post("https://a.example/in", b"", {})
    assert connected == []


def test_the_address_that_was_looked_at_is_the_one_that_is_talked_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected = leads_to(monkeypatch, ["1.1.1.1"], ["127.0.0.1"])
    with pytest.raises(NotReached):
        post("https://a.example/in", b"", {})
    assert connected == [("1.1.1.1", 443)]


# A real server on loopback


class Quiet(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        pass


@contextmanager
def serving(
    answer: Callable[[Quiet], None], context: ssl.SSLContext | None = None
) -> Iterator[str]:
    class Handler(Quiet):
        def do_POST(self) -> None:
            answer(self)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        scheme = "http" if context is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_port}/in"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_loopback_is_reached_by_setting_only() -> None:
    with serving(lambda talk: talk.send_error(204)) as url:
        with pytest.raises(NotReached):
            post(url, b"", {})
        with override_settings(WEBHOOK_PRIVATE=True):
            assert post(url, b"", {}) == 204


def test_no_redirect_is_followed() -> None:
    asked = []

    def redirect(talk: Quiet) -> None:
        asked.append(talk.path)
        talk.send_response(307)
        talk.send_header("Location", "/secret")
        talk.end_headers()

    with serving(redirect) as url, override_settings(WEBHOOK_PRIVATE=True):
        assert post(url, b"x", {}) == 307
    assert asked == ["/in"]


def test_who_answers_a_byte_at_a_time_is_cut_off() -> None:
    def drip(talk: Quiet) -> None:
        try:
            for _each in range(100):
                talk.wfile.write(b"H")
                talk.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    with serving(drip) as url, override_settings(WEBHOOK_PRIVATE=True):
        began = time.monotonic()
        with pytest.raises(NotReached):
            post(url, b"", {}, seconds=0.2)
    assert time.monotonic() - began < 3


def test_a_server_that_cannot_prove_its_name_gets_nothing(tmp_path: Path) -> None:
    came: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with (
        serving(lambda talk: came.append(talk.path), context) as url,
        override_settings(WEBHOOK_PRIVATE=True),
        pytest.raises(NotReached),
    ):
        post(url, b"secret", {})
    assert came == []


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file
