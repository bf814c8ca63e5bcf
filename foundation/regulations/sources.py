"""Where a value comes from: an official document, a web report of it, or (said openly) nobody but us.

A document is named by title, number, issuer and day; a link goes only to the issuer's own government site. A
report is a page or newspaper that says what is in force while the document itself was not seen. A proposal has
no text behind it and gives its reason.
"""

import datetime
import re
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The day of issue of a report that carries no date.
UNDATED = "undated"
_ISSUED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class SourceKind(models.TextChoices):
    """How near a value stands to the text of its rule."""

    DOCUMENT = "document", _("document")
    REPORT = "report", _("report of it; the document itself was not seen")
    PROPOSAL = "proposal", _("proposal: no document behind it")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `issued` is a day, a month (2024-06), a year, or `undated` for a report without a date."""

    kind: SourceKind
    title: str = ""
    issuer: str = ""
    issued: str = ""
    number: str = ""
    clause: str = ""
    href: str = ""
    reason_zh: str = ""
    reason_en: str = ""

    def columns(self) -> dict[str, str]:
        """Return the source as the columns of a value."""
        return {f"source_{name}": str(value) for name, value in asdict(self).items()}


class SourceError(ValueError):
    """A source lacks what makes it one; the message says which key and what to do."""


def read_issued(raw: object, kind: SourceKind) -> str:
    """Return a day of issue as text, refusing what is not a day, a month or a year."""
    if isinstance(raw, datetime.date):
        return raw.isoformat()
    if raw == UNDATED and kind is SourceKind.REPORT:
        return UNDATED
    if isinstance(raw, str) and _ISSUED.fullmatch(raw):
        return raw
    raise SourceError(
        f"source.issued is {raw!r}: write a day (2021-05-14), “2024-06”, “2023”, or “undated” for a report"
    )


def check_href(href: str) -> str:
    """Return a link to a government site, refusing any other: copies elsewhere prove nothing."""
    parts = urlsplit(href)
    host = parts.hostname or ""
    if href and (parts.scheme not in ("http", "https") or not (host == "gov.cn" or host.endswith(".gov.cn"))):
        raise SourceError(
            f"source.href is {href!r}: link only to the issuer's own site under gov.cn, or leave it out"
        )
    return href
