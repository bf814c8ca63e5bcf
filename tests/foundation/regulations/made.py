"""Values that tests make: one line each."""

import datetime
from decimal import Decimal
from typing import Any

from foundation.accounts.models import Area
from foundation.regulations import revision
from foundation.regulations.drafts import Draft
from foundation.regulations.files import fingerprint
from foundation.regulations.models import Subject, Value
from foundation.regulations.models.values import Kind, Origin
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Unit

NOTICE = Source(
    SourceKind.DOCUMENT, "关于调整监测线的通知", "示例县农业农村局", "2026-10-20", number="示农〔2026〕1号"
)


def subject(key: str, unit: str = "yuan/year", **more: Any) -> Subject:
    """Make a subject that areas may set."""
    fields = {
        "group": "lines", "label_zh": key, "label_en": key, "asks_zh": key, "asks_en": key, "units": [unit],
        "local": True, "checked_on": datetime.date(2026, 11, 1), "file": f"lines/{key}.toml", "digest": key,
    }  # fmt: skip
    return Subject.objects.create(key=key, **fields | more)


def says(
    key: str, area: str, from_day: str, content: str, origin: Origin = Origin.SHIPPED, population: str = ""
) -> Value:
    """Make a value; `content` is an amount, a sum, or `ended`."""
    amount = Decimal(content) if content.replace(".", "").isdigit() else None
    kind = Kind.ENDED if content == "ended" else Kind.AMOUNT if amount is not None else Kind.EXPRESSION
    made = Value.objects.create(
        subject_id=key,
        area=area,
        origin=origin,
        population=population,
        from_day=from_day,
        kind=kind,
        unit=Subject.objects.get(pk=key).units[0],
        amount=amount,
        expression=content if kind is Kind.EXPRESSION else "",
        fingerprint=fingerprint({"key": key, "area": area, "from": from_day, "says": content}),
        loaded_on=datetime.date(2026, 11, 1),
        **NOTICE.columns(),
    )
    revision.renew(revision.VALUES)
    return made


def chooses(key: str, area: str, from_day: str, code: str) -> Value:
    """Make a value that is one of the permitted texts of its subject."""
    made = says(key, area, from_day, "ended")
    chosen = next(item for item in made.subject.choices if item["code"] == code)
    made.kind, made.items, made.text_zh, made.text_en = Kind.TEXT, [chosen], chosen["zh"], chosen["en"]
    made.save()
    revision.renew(revision.VALUES)
    return made


def draft(key: str, area: Area, content: str | None = "8800", **more: Any) -> Draft:
    """Make a draft of an amount for an area from 1 December 2026."""
    fields: dict[str, Any] = {
        "subject": Subject.objects.get(pk=key),
        "area": area,
        "from_day": datetime.date(2026, 12, 1),
        "kind": Kind.AMOUNT,
        "unit": Unit.YUAN_YEAR,
        "source": NOTICE,
        "amount": Decimal(content) if content is not None else None,
    }
    return Draft(**fields | more)
