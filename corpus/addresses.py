"""Which network addresses are public, and connections that go to no other.

A name is looked up once, all its addresses are checked, and the connection goes to one of those that were checked: a
second lookup, which might answer otherwise (DNS rebinding), does not happen. However a host is written (decimal, octal,
with a mapped or translated IPv4 address in IPv6), what counts is the address that the system makes of it.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from corpus.errors import CorpusError

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, float | None], httpcore.NetworkStream]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_NOT_GLOBAL = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "192.88.99.0/24", "fec0::/10", "5f00::/16")))


class NotFetched(CorpusError):
    """An address that is not fetched, or that gives nothing to read. The message says why."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so are the IPv4 addresses in it."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(inner is not None for inner in inside):  # no public server is reached this way
            return False
    is_special = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    return ip.is_global and not is_special and not any(ip in net for net in _NOT_GLOBAL if net.version == ip.version)


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, from the system's resolver."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect_to(address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
    """A TCP connection to an IP address."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How names are looked up and connections made; tests put their own in place."""

    resolve: Resolve = resolve_host
    connect: Connect = connect_to


class PublicOnly(httpcore.NetworkBackend):
    """Connections to public addresses only, all of them over at `deadline` (of time.monotonic)."""

    def __init__(self, network: Network, *, deadline: float) -> None:
        self._network = network
        self._deadline = deadline
        self._checked: dict[str, list[str]] = {}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the interface asks for these two
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Look `host` up once, check all its addresses, connect to one. Raises NotFetched where one is not public."""
        fault: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._network.connect(address, port, _left(self._deadline, timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:  # the next may answer
                fault = error
            else:
                return _TimedStream(stream, deadline=self._deadline)
        raise NotFetched(f"{host} does not answer: {fault}") from fault

    def _addresses(self, host: str, port: int) -> list[str]:
        if host not in self._checked:
            try:
                addresses = list(dict.fromkeys(self._network.resolve(host, port)))
            except (OSError, UnicodeError) as error:
                raise NotFetched(f"{host} has no address: {getattr(error, 'strerror', None) or error}") from error
            if not addresses or not all(map(is_public, addresses)):
                where = next((address for address in addresses if not is_public(address)), "nowhere")
                raise NotFetched(f"{host} leads to {where}, which is no address of the public internet: not fetched")
            self._checked[host] = addresses
        return self._checked[host]


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no wait goes on past the deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, *, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(secured, deadline=self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise NotFetched("it took too long")
    return left if timeout is None else min(left, timeout)
