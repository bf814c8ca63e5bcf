"""Messages that leave: a real mail server and a real gateway on this machine receive them, once."""

import datetime
import email
import hashlib
import hmac
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from foundation.accounts.models import User
from foundation.inbox import webhook
from foundation.inbox.digest import send_digests
from foundation.inbox.models import Address, Notice, Outgoing
from foundation.inbox.notices import notify
from foundation.inbox.outgoing import PAUSES, send_due

SECRET = "a shared secret of more than thirty-two characters"


class Inbox:
    """Keeps what the mail server receives."""

    def __init__(self) -> None:
        self.mails: list[email.message.Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[Inbox]:
    """A mail server of our own on a free port, and Django pointed at it."""
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield inbox
    controller.stop()


@pytest.fixture
def gateway() -> Iterator[list[tuple[dict[str, str], bytes]]]:
    """A gateway on this machine that keeps what it is handed."""
    received: list[tuple[dict[str, str], bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((dict(self.headers), body))
            self.send_response(302 if self.path == "/moved" else 200)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with override_settings(
        SHOUWANG_WEBHOOK_URL=f"http://127.0.0.1:{server.server_address[1]}/send",
        SHOUWANG_WEBHOOK_SECRET=SECRET,
        SHOUWANG_WEBHOOK_HOSTS=["+127.0.0.1"],
    ):
        yield received
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_urgent_notice_goes_out_at_once_with_a_link_and_nobody_s_name(
    people: dict[str, User], mail: Inbox
) -> None:
    Address.objects.create(user=people["xitong"], email="office@example.org")
    notify([people["xitong"]], "grant_waits", place="/grants/7/")
    assert send_due() == (1, 0)
    assert send_due() == (0, 0)
    (received,) = mail.mails
    assert "待您审批的拟任岗" in str(make_header(decode_header(received["Subject"])))
    text = received.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "/grants/7/" in text
    assert received["To"] == "office@example.org"


def test_the_morning_digest_is_read_once_in_a_test_inbox(people: dict[str, User], mail: Inbox) -> None:
    Address.objects.create(user=people["anquan"], email="anquan@example.org")
    notify([people["anquan"]], "grant_decided", place="/grants/1/", group="1")
    notify([people["anquan"]], "grant_decided", place="/grants/2/", group="2", count=4)
    assert send_due() == (0, 0)
    assert send_digests() == 1
    assert send_digests() == 0
    assert send_due() == (1, 0)
    (received,) = mail.mails
    assert "您有 5 件待办（2026-11-04）" in str(make_header(decode_header(received["Subject"])))
    text = received.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "/grants/1/" in text
    assert "/grants/2/" in text
    assert Notice.objects.filter(digested_on="2026-11-04").count() == 2


def test_a_gateway_receives_a_signed_message(
    people: dict[str, User], gateway: list[tuple[dict[str, str], bytes]]
) -> None:
    Address.objects.create(user=people["xitong"], by_webhook=True)
    notify([people["xitong"]], "grant_waits", place="/grants/7/")
    assert send_due() == (1, 0)
    ((headers, body),) = gateway
    moment, signed = headers["X-Shouwang-Signature"].split(",")
    expected = hmac.new(SECRET.encode(), moment[2:].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert signed == f"v1={expected}"
    assert json.loads(body)["to"] == "xitong"


def test_a_gateway_that_is_down_is_tried_again_and_then_given_up(people: dict[str, User]) -> None:
    Address.objects.create(user=people["xitong"], email="office@example.org")
    backend = "django.core.mail.backends.smtp.EmailBackend"
    moment = timezone.now()
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        notify([people["xitong"]], "grant_waits", place="/grants/7/")
        for _ in range(len(PAUSES) + 1):
            moment += datetime.timedelta(days=1)
            assert send_due(moment) == (0, 1)
        assert send_due(moment + datetime.timedelta(days=9)) == (0, 0)
    row = Outgoing.objects.get()
    assert row.state == Outgoing.State.GIVEN_UP
    assert row.error.startswith("ConnectionRefusedError")


def test_a_redirect_is_not_followed(
    people: dict[str, User], gateway: list[tuple[dict[str, str], bytes]]
) -> None:
    from django.conf import settings

    with (
        override_settings(SHOUWANG_WEBHOOK_URL=settings.SHOUWANG_WEBHOOK_URL.replace("/send", "/moved")),
        pytest.raises(ConnectionError, match="302"),
    ):
        webhook.post("xitong", "s", "t", key="k")
    assert len(gateway) == 1


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://127.0.0.1/", ["127.0.0.1"]),
        ("https://[::1]/", ["::1"]),
        ("https://169.254.169.254/", ["+169.254.169.254"]),
        ("https://0.0.0.0/", ["+0.0.0.0"]),
        ("https://2130706433/", ["2130706433"]),
        ("http://127.0.0.1/", ["127.0.0.1"]),
        ("file:///etc/passwd", ["+"]),
        ("https://gateway.example/", ["other.example"]),
        ("https://localhost/", ["localhost"]),
    ],
)
def test_addresses_that_are_not_a_gateway_are_refused(url: str, hosts: list[str]) -> None:
    parts = webhook.urlsplit(url)
    with override_settings(SHOUWANG_WEBHOOK_HOSTS=hosts), pytest.raises(webhook.RefusedAddress):
        webhook.allowed_address(parts.scheme, parts.hostname or "", parts.port)
