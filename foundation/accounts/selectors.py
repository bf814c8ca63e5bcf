"""Reads of areas for pages and API: where an area stands, what lies below it, which have a name, what came after."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.accounts.models import Area, AreaName, User
from foundation.accounts.models.areas import ancestors, readings
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import WHOLE_COUNTRY, prefixes
from foundation.accounts.tabular import plain


def breadcrumb(area: Area) -> list[Area]:
    """Return the areas above `area`, highest first; their names are no secret. One query."""
    return list(Area.objects.filter(code__in=ancestors(area.code)).order_by("level"))


def roots(user: User) -> QuerySet[Area]:
    """Return the areas where the tree of `user` begins: those of their duties, or the provinces."""
    codes = prefixes(user, Right.VIEW_AREAS)
    if WHOLE_COUNTRY in codes:
        return Area.objects.filter(level=Level.PROVINCE)
    return Area.objects.filter(code__in=codes)


def with_counts(rows: QuerySet[Area]) -> QuerySet[Area]:
    """Add to each area the number of living areas directly below it, as `children_count`."""
    below = Area.objects.filter(parent=OuterRef("pk"), retired_on__isnull=True).order_by().values("parent")
    count = Subquery(below.annotate(count=Count("pk")).values("count"))
    return rows.annotate(children_count=Coalesce(count, 0))


def matching(rows: QuerySet[Area], text: str) -> QuerySet[Area]:
    """Keep areas by part of their present or a former name, by pinyin initials, or by the head of their code."""
    typed = text.strip()
    fits = Q(name__icontains=typed) | Q(initials__startswith=plain(typed).lower())
    fits |= Q(pk__in=AreaName.objects.filter(name__icontains=typed).values("area"))
    code = plain(typed)
    if code.isdecimal() and code.isascii():
        fits |= Q(code__startswith=code) | Q(code__in=readings(code))
    return rows.filter(fits)


def successors_of(code: str) -> list[Area]:
    """Return the living areas in which a retired code continues, through any number of changes."""
    found: dict[str, Area] = {}
    seen = {code}
    waiting = [code]
    while waiting:
        after = Area.objects.filter(origins__predecessor__in=waiting).exclude(code__in=seen).distinct()
        waiting = []
        for area in after:
            seen.add(area.code)
            if area.retired_on is None:
                found[area.code] = area
            else:
                waiting.append(area.code)
    return [found[each] for each in sorted(found)]
