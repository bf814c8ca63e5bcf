"""Requests that may be sent again: what came with an Idempotency-Key is done once, and answered the same every time.

The first answer is kept in the transaction that did the work: a process killed between the two leaves neither, so that
the next attempt does it; nothing is lost and nothing is done twice. A key belongs to one person. The same key with
another request is refused (422), and while its twin is under way (409). What was refused is not kept: whoever corrects
the request may send it again under the same key.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.accounts.models import KeptAnswer, User
from foundation.accounts.programs.problems import OtherRequest, UnderWay
from foundation.vault.sealing import open_sealed, seal

HEADER = "Idempotency-Key"
#: Says that an answer was given before.
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
#: Of the first answer's headers these are given again.
_HEADERS = ("Content-Type", "Location", "Content-Disposition")
_PIECE = 1 << 20


def once(
    request: Request, run: Callable[[], HttpResponseBase], may_see: Callable[[], object]
) -> HttpResponseBase:
    """Run an act under the key of the request, or answer what it was answered the first time.

    Before an answer is given again `may_see` raises what it must where the row has left the person's areas since.
    Without a key the act simply runs.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return run()
    if not _KEY.fullmatch(key):
        raise ValidationError(
            {HEADER: [_("1 to 255 letters, digits and signs without blanks, such as a UUID.")]}
        )
    assert isinstance(request.user, User)  # noqa: S101  (the door let a member of staff pass)
    asked = _digest(request)
    with transaction.atomic():
        if not _alone(request.user, key):
            raise UnderWay()
        kept = KeptAnswer.objects.filter(user=request.user, key=key).first()
        if kept is not None:
            if kept.asked != asked:
                raise OtherRequest()
            may_see()
            return _again(kept)
        response = run()
        if response.status_code < 400:
            _keep(request.user, key, asked, response)
        return response


def forget_old() -> int:
    """Take away the answers that are kept long enough; returns how many there were."""
    oldest = timezone.now() - datetime.timedelta(hours=settings.API_ANSWERS_KEPT_HOURS)
    return KeptAnswer.objects.filter(kept_at__lte=oldest).delete()[0]


def _alone(user: User, key: str) -> bool:
    """Hold a lock on this person's key until the transaction ends; says no while a twin holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"answer:{user.pk}:{key}"]
        )
        return bool(cursor.fetchone()[0])


def _keep(user: User, key: str, asked: str, response: HttpResponseBase) -> None:
    """Keep an answer. What is streamed has no body to keep: no act of the API streams."""
    if isinstance(response, Response):
        body = b"" if response.data is None else JSONRenderer().render(response.data)
        headers = dict(response.items())
        if body:
            headers["Content-Type"] = response.content_type or JSONRenderer.media_type
    else:
        assert isinstance(response, HttpResponse)  # noqa: S101  (see above)
        body, headers = response.content, dict(response.items())
    KeptAnswer.objects.create(
        user=user,
        key=key,
        asked=asked,
        status=response.status_code,
        headers={name: value for name, value in headers.items() if name in _HEADERS},
        body=seal(body, _context(user, key)),
    )


def _again(kept: KeptAnswer) -> HttpResponse:
    body = open_sealed(bytes(kept.body), _context(kept.user, kept.key))
    return HttpResponse(body, status=kept.status, headers=kept.headers | {REPLAYED: "true"})


def _context(user: User, key: str) -> bytes:
    return f"answer:{user.pk}:{key}".encode()


def _digest(request: Request) -> str:
    """Return a digest of what was asked: the address and everything that was sent, files by their content."""
    told = {"method": request.method, "path": request.get_full_path(), "sent": _plain(request.data)}
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(written.encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.FILES.items()):
        digest.update(f"\x00{name}\x00{file.name}\x00".encode())
        for piece in _pieces(file):
            digest.update(piece)
    return digest.hexdigest()


def _plain(sent: Any) -> Any:
    """Return what was sent without its files: of a form every value of every field."""
    if hasattr(sent, "lists"):
        return {name: [each for each in values if not _is_file(each)] for name, values in sent.lists()}
    return sent


def _is_file(value: object) -> bool:
    return isinstance(value, UploadedFile)


def _pieces(file: Any) -> Iterator[bytes]:
    """Yield what stands for a file's content: its digest where it has one already, else the content."""
    draft = getattr(file, "draft", None)
    if draft is not None:
        yield str(draft.sha256).encode()
        return
    file.seek(0)
    yield from iter(lambda: file.read(_PIECE), b"")
    file.seek(0)
