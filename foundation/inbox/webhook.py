"""The one webhook: a signed POST to a gateway of the county, on a list of allowed hosts and nowhere else.

Signature: `X-Shouwang-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body" under the shared secret>`; the
receiver refuses what is older than five minutes. The name is resolved once and the connection goes to that very
address, so that a name cannot change its mind in between; redirects are not followed.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT_S = 15


class RefusedAddress(Exception):  # noqa: N818
    """The webhook's address is not one that this installation may call."""


def post(recipient: str, subject: str, text: str, *, key: str) -> None:
    """Hand one message to the gateway; raises on any answer but 2xx."""
    target = urlsplit(settings.SHOUWANG_WEBHOOK_URL)
    address = allowed_address(target.scheme, target.hostname or "", target.port)
    body = json.dumps(
        {"to": recipient, "subject": subject, "text": text, "key": key}, ensure_ascii=False
    ).encode()
    connection = _connect(target.scheme, target.hostname or "", address)
    try:
        connection.request(
            "POST",
            target.path or "/",
            body,
            {
                "Host": target.netloc,
                "Content-Type": "application/json; charset=utf-8",
                "X-Shouwang-Signature": signature(body, int(time.time())),
            },
        )
        answer = connection.getresponse()
        if not 200 <= answer.status < 300:
            raise ConnectionError(f"the gateway answered {answer.status}")
    finally:
        connection.close()


def signature(body: bytes, moment: int) -> str:
    """Return the signature header of a body sent at a moment (unix seconds)."""
    signed = f"{moment}.".encode() + body
    digest = hmac.new(settings.SHOUWANG_WEBHOOK_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def allowed_address(scheme: str, host: str, port: int | None) -> tuple[str, int]:
    """Return the one address to connect to; refuse a host that is not listed and an address that is not public.

    A listed host may be private only where the list says so with a leading `+` (a gateway in the county's own
    network); link-local and multicast addresses never are.
    """
    if scheme not in ("https", "http"):
        raise RefusedAddress(f"{scheme} is not a way to call the gateway")
    listed = {name.lstrip("+"): name.startswith("+") for name in settings.SHOUWANG_WEBHOOK_HOSTS}
    if host not in listed:
        raise RefusedAddress("the gateway's host is not on the list of allowed hosts")
    private_allowed = listed[host]
    if scheme == "http" and not private_allowed:
        raise RefusedAddress("a public gateway is called by https only")
    found = socket.getaddrinfo(host, port or (443 if scheme == "https" else 80), type=socket.SOCK_STREAM)
    address, number = found[0][4][:2]
    ip = ipaddress.ip_address(address)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        raise RefusedAddress("the gateway's address is not one to call")
    if (ip.is_private or ip.is_loopback) and not private_allowed:
        raise RefusedAddress("the gateway's address is private and not listed as such")
    return str(address), int(number)


def _connect(scheme: str, host: str, address: tuple[str, int]) -> http.client.HTTPConnection:
    """Connect to the resolved address; TLS still proves the name."""
    raw = socket.create_connection(address, timeout=TIMEOUT_S)
    connection = http.client.HTTPConnection(host, timeout=TIMEOUT_S)
    connection.sock = (
        ssl.create_default_context().wrap_socket(raw, server_hostname=host) if scheme == "https" else raw
    )
    return connection
