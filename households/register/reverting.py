"""Take a register file back: every row it wrote becomes what it was before, except what somebody changed after it.

The version before a row's change stands in its history (households.models.versions). A household or a person that the
file brought, and that nothing else refers to, goes away again; numbers once accepted stay sealed where they are.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import WHOLE_COUNTRY, prefixes
from foundation.ledger.record import Act, Actor, record
from households.followers import register_changed
from households.models import Household, Resident, Revision, Standing, StandingMember
from households.register.importing import one_at_a_time

#: Rows that stay are named one by one up to this number; all of them are counted.
NAMED = 1_000
#: In the order in which rows may be changed: a standing refers to a person, a person to a household.
_TABLES = (Standing, Resident, Household)
#: Kinds of files that can be taken back.
FILES = (Revision.Kind.REGISTER_FILE, Revision.Kind.MONITORED_FILE)


@dataclass(slots=True)
class Reverted:
    """What came of it, by kind of row: `restored` to what they were, `removed` again, `stayed` as they are now."""

    restored: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    stayed: dict[str, int] = field(default_factory=dict)
    #: Household number, name (or nothing) and the reason why it stays.
    named: list[tuple[str, str, str]] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """Return the numbers alone."""
        return {"restored": self.restored, "removed": self.removed, "stayed": self.stayed}


@transaction.atomic
def take_back(file: Revision, *, by: User, reason: str) -> Reverted:
    """Take back a file with a reason; one Revision and one entry of the ledger. Refused where it was done already."""
    actor = check_may_go_back(file, by=by, reason=reason)
    one_at_a_time()
    revision = Revision.objects.create(
        kind=Revision.Kind.REVERT,
        by=by,
        area_id=file.area_id,
        as_of=clock.today(),
        entered_on=clock.today(),
        reason=reason.strip()[:200],
    )
    if not Revision.objects.filter(pk=file.pk, reverted_by__isnull=True).update(reverted_by=revision):
        raise Refused(_("This file has been taken back already."))
    done = Reverted()
    # Whom the file counted in cases that were there before; people may not go away while they count.
    StandingMember.objects.filter(revision=file).delete()
    with connection.cursor() as cursor:
        for model in _TABLES:
            _take_back_rows(cursor, model, file.pk, done)
    _tell(file, revision, done, by)
    record(
        Act(
            "register.taken_back",
            "revision",
            str(file.pk),
            happened_on=clock.today(),
            entered_on=clock.today(),
            area=file.area_id or "",
            before=file.pk,
            after=revision.pk,
            basis=revision.reason,
            details={"sha256": file.file_sha256} | done.counts(),
        ),
        by=actor,
    )
    return done


def check_may_go_back(file: Revision, *, by: User, reason: str) -> Actor:
    """Refuse where a file cannot be taken back by `by`; returns the actor whom the ledger names."""
    if file.kind not in FILES:
        raise Refused(_("Only a file is taken back."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if file.reverted_by_id is not None:
        raise Refused(_("This file has been taken back already."))
    return by.authority(Right.IMPORT_REGISTER, _area_of(file, by))


def _area_of(file: Revision, by: User) -> str:
    """Return the area in which the right is needed; a file of several provinces is the whole country's."""
    if file.area_id:
        return str(file.area_id)
    if WHOLE_COUNTRY not in prefixes(by, Right.IMPORT_REGISTER):
        raise Refused(_("This file reaches beyond your areas."))
    return WHOLE_COUNTRY


def _take_back_rows(cursor: Any, model: type[Any], file: int, done: Reverted) -> None:
    """Restore or remove the rows of one table that the file was the last to write; name the others."""
    table, name = model._meta.db_table, model._meta.model_name
    # The first version that the file wrote, and the one before it: none where the file made the row.
    cursor.execute(
        f"""CREATE TEMP TABLE taken_back ON COMMIT DROP AS
        SELECT row.id, row.revision_id <> %(file)s AS changed_since, false AS in_the_way, (
            SELECT max(before.pgh_id) FROM {table}event AS before
            WHERE before.pgh_obj_id = row.id AND before.pgh_id < coalesce((
                SELECT min(own.pgh_id) FROM {table}event AS own
                WHERE own.pgh_obj_id = row.id AND own.revision_id = %(file)s
            ), 9223372036854775807)
        ) AS version
        FROM {table} AS row
        WHERE row.revision_id = %(file)s
            OR row.id IN (SELECT pgh_obj_id FROM {table}event WHERE revision_id = %(file)s)""",  # noqa: S608
        {"file": file},
    )
    _mark_referred(cursor, model)
    if model in _PAIRED:
        cursor.execute(_MARK_DECIDED.format(columns=_PAIRED[model]))
    if model is Resident:
        cursor.execute(_MARK_TAKEN_PLACES)
    done.removed[name] = _remove(cursor, model)
    done.restored[name] = _restore(cursor, model)
    _name_stayed(cursor, model, done)
    cursor.execute("DROP TABLE taken_back")


#: Somebody else is head meanwhile, or the person lives in another household: the old version has no place.
_MARK_TAKEN_PLACES = """
    UPDATE taken_back SET in_the_way = true
    FROM households_residentevent AS old, households_resident AS other
    WHERE old.pgh_id = taken_back.version AND NOT taken_back.changed_since
        AND old.left_on IS NULL AND other.left_on IS NULL AND other.id <> taken_back.id
        AND (
            other.household_id = old.household_id AND other.relation = '01' AND old.relation = '01'
            OR other.subject = old.subject
        )
        AND NOT EXISTS (
            SELECT FROM taken_back AS also LEFT JOIN households_residentevent AS its ON its.pgh_id = also.version
            WHERE also.id = other.id AND NOT also.changed_since AND NOT also.in_the_way
                AND (its.pgh_id IS NULL OR its.left_on IS NOT NULL OR its.relation <> '01')
        )
"""


#: By which columns a pair names a row of the model.
_PAIRED: dict[type[Any], str] = {Household: "pair.household_id", Resident: "pair.resident_id, pair.other_id"}
#: A pair goes with the row that it names; one about which people decided something stays, and its row with it.
_MARK_DECIDED = """
    UPDATE taken_back SET in_the_way = true
    WHERE version IS NULL AND EXISTS (
        SELECT FROM households_pairdecision AS decision
        JOIN households_duplicate AS pair ON pair.id = decision.pair_id
        WHERE taken_back.id IN ({columns}))
"""


def _mark_referred(cursor: Any, model: type[Any]) -> None:
    """Mark the rows that the file made and that other rows rest on."""
    for relation in model._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        table, column = relation.related_model._meta.db_table, relation.field.column
        cursor.execute(
            f"""UPDATE taken_back SET in_the_way = true
            WHERE version IS NULL AND EXISTS (SELECT FROM {table} AS other WHERE other.{column} = taken_back.id)"""  # noqa: S608
        )


def _remove(cursor: Any, model: type[Any]) -> int:
    """Remove the rows that the file made, with what hangs on them alone; returns how many."""
    condition = "version IS NULL AND NOT changed_since AND NOT in_the_way"
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            table, column = relation.related_model._meta.db_table, relation.field.column
            cursor.execute(
                f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM taken_back WHERE {condition})"  # noqa: S608
            )
    cursor.execute(
        f"DELETE FROM {model._meta.db_table} WHERE id IN (SELECT id FROM taken_back WHERE {condition})"  # noqa: S608
    )
    return int(cursor.rowcount)


def _restore(cursor: Any, model: type[Any]) -> int:
    """Write the versions from before the file; who steps down as head goes first. Returns how many rows."""
    table = model._meta.db_table
    # A person's area follows the household's by itself.
    left_alone = {"id", "area_id"} if model is Resident else {"id"}
    columns = [field.column for field in model._meta.concrete_fields if field.column not in left_alone]
    values = ", ".join(f"{column} = old.{column}" for column in columns)
    orders = ["true"]
    if model is Resident:
        orders = [
            "(row.relation = '01' AND old.relation <> '01')",
            "(row.relation <> '01' OR old.relation = '01')",
        ]
    restored = 0
    for order in orders:
        cursor.execute(
            f"""UPDATE {table} AS row SET {values}
            FROM taken_back JOIN {table}event AS old ON old.pgh_id = taken_back.version
            WHERE row.id = taken_back.id AND row.revision_id <> old.revision_id
                AND NOT changed_since AND NOT in_the_way AND {order}"""  # noqa: S608
        )
        restored += cursor.rowcount
    return restored


def _name_stayed(cursor: Any, model: type[Any], done: Reverted) -> None:
    """Count the rows that stay as they are, and name the first with the reason."""
    table, name = model._meta.db_table, model._meta.model_name
    cursor.execute("SELECT count(*) FROM taken_back WHERE changed_since OR in_the_way")
    done.stayed[name] = cursor.fetchone()[0]
    code, person = {
        "household": ("row.code", "''"),
        "resident": ("household.code", "row.name"),
        "standing": ("household.code", "''"),
    }[name]
    join = (
        ""
        if model is Household
        else "JOIN households_household AS household ON household.id = row.household_id"
    )
    cursor.execute(
        f"""SELECT {code}, {person}, changed_since FROM taken_back JOIN {table} AS row USING (id) {join}
        WHERE changed_since OR in_the_way ORDER BY 1, 2 LIMIT {NAMED}"""  # noqa: S608
    )
    for household, who, changed_since in cursor.fetchall():
        why = _("changed after the file") if changed_since else _("something newer rests on it")
        done.named.append((household, who, why))


def _tell(file: Revision, revision: Revision, done: Reverted, by: User) -> None:
    """Keep what came of it, and tell those who follow the register."""
    revision.counts = done.counts() | {
        "file": file.pk,
        "named": [[household, why] for household, _who, why in done.named],
    }
    revision.save(update_fields=["counts"])
    if file.area_id:
        register_changed([file.area_id], by=by)
