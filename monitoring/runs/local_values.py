"""The way from a proposed local value to a trial of it."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.local_links import Link
from foundation.regulations.models import LocalValue
from foundation.regulations.models.values import Kind
from monitoring.models import DeclaredStandard


def trial_of_proposal(row: LocalValue, user: User) -> Link | None:
    """Offer a trial where the value is the line of a standard (foundation.desk.local_links.LocalValueLink)."""
    lines = DeclaredStandard.objects.declared().filter(line=row.subject_id)
    if row.kind == Kind.ENDED or not user.holds(Right.RUN_COMPARISON) or not lines.exists():
        return None
    url = f"{reverse('comparisons:trial_ask')}?{urlencode({'proposal': row.pk})}"
    return Link(_("Try it on the archive"), url, "eye")
