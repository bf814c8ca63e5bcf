"""Import staff from a workbook: accounts and postings of a whole city in one go (Luohe: 1,414 people).

The rules are those of single grants (`eligibility.check_grant`); only the reading and writing is set-wise. Good
rows are taken, each other row is rejected with its place and reason; a file sent again changes nothing. One
entry in the ledger for the file, names only as a commitment.

Two people make a posting by file as they make a single one (三员分立): a system administrator sends it and opens
the accounts, then a security administrator sends the same list and grants the postings. A list is the same as
long as its cells are, however often the file was saved in between. The command on the server, which acts as
`shell`, does both at once.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.first_passwords import FirstPassword
from foundation.accounts.models import Posting, User
from foundation.accounts.names import person_initials
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import prefixes
from foundation.accounts.spans import spans
from foundation.accounts.staff import hashed_once, one_time_password
from foundation.accounts.staff_file import Line, Reject, read_lines
from foundation.accounts.staff_matching import Decision, Known, decide
from foundation.accounts.staff_wishes import Wish, read_wishes
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, Actor, canonical, record

_AT_ONCE = 1000


@dataclass(slots=True)
class Imported:
    """What came of a file."""

    #: Digest of the cells: what two people must have sent alike.
    list_sha256: str
    file_sha256: str
    rows_read: int
    opened: list[User] = field(default_factory=list)
    granted: list[Posting] = field(default_factory=list)
    postings_unchanged: int = 0
    postings_waiting: int = 0
    rejects: list[Reject] = field(default_factory=list)
    passwords: list[FirstPassword] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """Return the answer of the command: rows_read = rows_accepted + rows_rejected, always."""
        rejected = Counter(reject.reason.value for reject in self.rejects)
        return {
            "rows_read": self.rows_read,
            "rows_accepted": self.rows_read - len(self.rejects),
            "rows_rejected": len(self.rejects),
            "rejects": dict(sorted(rejected.items())),
            "accounts_opened": len(self.opened),
            "postings_granted": len(self.granted),
            "postings_unchanged": self.postings_unchanged,
            "postings_waiting": self.postings_waiting,
        }


@transaction.atomic
def import_staff(
    file: BinaryIO,
    *,
    by: User,
    with_passwords: bool = False,
    progress: Progress = unseen,
    most: int | None = None,
) -> Imported:
    """Take in a staff workbook; `most` refuses a file with more rows.

    1. Read each row against areas, role names and departments.
    2. Decide each: whose account, which posting, or why not.
    3. Write accounts and postings, and one entry in the ledger.

    `postings_waiting` counts the posts that wait for the other administrator to send the same file.
    """
    actor = _actor(by)
    lines = read_lines(file)
    if most is not None and len(lines) > most:
        raise Refused(
            _("The file has %(rows)d rows; here at most %(most)d are taken: use the command import_staff.")
            % {"rows": len(lines), "most": most}
        )
    wishes, unreadable = read_wishes(lines, by=by)
    imported = Imported(_digest(lines), _file_digest(file), rows_read=len(lines), rejects=unreadable)
    known = Known.read(wishes, by=by)
    known.may_grant = by.is_built_in or _sent_before(imported.list_sha256, actor)
    for done, wish in enumerate(wishes, start=1):
        _take(wish, decide(wish, known, by=by), imported)
        progress(done, len(wishes))
    imported.rejects.sort(key=lambda reject: (reject.sheet, reject.row))
    _write(imported, with_passwords=with_passwords)
    _note(imported, actor)
    return imported


def _actor(by: User) -> Actor:
    for right in (Right.MANAGE_ACCOUNTS, Right.GRANT_POSTINGS):
        codes = prefixes(by, right)
        if codes:
            return by.authority(right, min(codes))
    raise Refused(_("Only system and security administrators send staff lists."))


def _sent_before(sha256: str, actor: Actor) -> bool:
    """Whether a system administrator other than the sender has sent this list: the first of the two people."""
    sent = Entry.objects.filter(object_type="staff_list", object_id=sha256, role=Role.SYSTEM_ADMIN)
    return sent.exclude(actor=actor.ref).exists()


def _take(wish: Wish, decision: Decision | Reject, imported: Imported) -> None:
    """Note down what was decided about one row."""
    if isinstance(decision, Reject):
        imported.rejects.append(decision)
        return
    if decision.opens:
        imported.opened.append(decision.user)
    if decision.posting is not None:
        imported.granted.append(decision.posting)
    elif decision.waits:
        imported.postings_waiting += 1
    else:
        imported.postings_unchanged += 1


def _write(imported: Imported, *, with_passwords: bool) -> None:
    today = clock.today()
    for user in imported.opened:
        user.initials, user.created_on = person_initials(user.name), today
        user.password = make_password(None)
        if with_passwords:
            password = one_time_password()
            user.password, user.must_change_password = hashed_once(password), True
            imported.passwords.append(FirstPassword(user, password))
    try:
        with transaction.atomic():
            User.objects.bulk_create(imported.opened, batch_size=_AT_ONCE)
            Posting.objects.bulk_create(imported.granted, batch_size=_AT_ONCE)
    except IntegrityError as clash:
        raise Refused(_("Somebody else changed the staff meanwhile: send the file again.")) from clash


def _note(imported: Imported, actor: Actor) -> None:
    day = clock.today()
    record(
        Act(
            "staff.imported",
            "staff_list",
            imported.list_sha256,
            day,
            day,
            details=imported.counts()
            | {
                "file_sha256": imported.file_sha256,
                "passwords": len(imported.passwords),
                "staff": spans(user.pk for user in imported.opened),
                "postings": spans(posting.pk for posting in imported.granted),
            },
            personal={
                "opened": [[user.pk, user.username, user.name] for user in imported.opened],
                "granted": [
                    [posting.pk, posting.user_id, posting.role, posting.area_id, posting.department_id]
                    for posting in imported.granted
                ],
            },
        ),
        by=actor,
    )


def _digest(lines: list[Line]) -> str:
    return hashlib.sha256(canonical([line.cells for line in lines])).hexdigest()


def _file_digest(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()
