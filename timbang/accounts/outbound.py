"""Talking to an address that somebody else chose, without being led to one that only we can reach.

The name is resolved once, every address of it must be one of the public internet, and the
connection goes to exactly the address that was looked at. No redirect is followed, no proxy asked,
and of the answer only its number is read.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from timbang.law.refusal import Refusal

LONGEST_URL: Final = 500
PORTS: Final = frozenset({443, 8443})
# IPv4 addresses in the clothes of IPv6 (RFC 6052, RFC 8215).
_NAT64: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class NotReached(Exception):
    """Nobody there, or nobody whom we may talk to."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be talked to, as far as its own words show."""

    secure: bool
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """The parts of an address; `Refusal` where it is not one that we would ever talk to."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise Refusal(_("Write the address in at most 500 plain signs."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refusal(_("This is not an address that we understand.")) from error
    secure = parts.scheme == "https"
    if not (secure or (parts.scheme == "http" and settings.WEBHOOK_PRIVATE)):
        raise Refusal(_("The address must begin with https://."))
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise Refusal(_("The address must name a host, and no user or password."))
    if parts.fragment:
        raise Refusal(_("The address must have no part behind #."))
    port = port if port is not None else (443 if secure else 80)
    if port not in PORTS and not settings.WEBHOOK_PRIVATE:
        raise Refusal(_("Only the ports 443 and 8443 are talked to."))
    _check_literal(parts.hostname)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, parts.hostname, port, path)


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 10.0) -> int:
    """Send a body; the number of the answer. `NotReached` when there is none."""
    try:
        target = target_of(url)
    except Refusal as refusal:
        raise NotReached from refusal
    connection = _Pinned(target, addresses_of(target)[0], seconds)
    # Whoever answers a byte at a time is cut off all the same.
    timer = threading.Timer(2 * seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached from error
    finally:
        timer.cancel()
        connection.close()


def addresses_of(target: Target) -> list[str]:
    """Where the name leads to now; `NotReached` when one of these is not public."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached from error
    addresses = [str(address[4][0]) for address in found]
    if not addresses or not all(reachable(address) for address in addresses):
        raise NotReached
    return addresses


def reachable(text: str) -> bool:
    """Whether an address may be talked to: one of the public internet, or any by setting."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return settings.WEBHOOK_PRIVATE or public(address)


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it stands in the public internet, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and any(address in network for network in _NAT64):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return public(inner)
        if address.teredo is not None or address.is_site_local or not int(address) >> 32:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _check_literal(host: str) -> None:
    """An address in numbers is looked at already where it is typed."""
    try:
        ip_address(host)
    except ValueError:
        return
    if not reachable(host):
        raise Refusal(_("This address stands in no public network."))


class _Pinned(http.client.HTTPConnection):
    """A connection to the one address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.target.port), self.timeout)
        if self.target.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)

    def cut(self) -> None:
        """End the talk from another thread."""
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
