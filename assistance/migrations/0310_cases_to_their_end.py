"""What a visit reports of a new risk stands with the visit; another village is asked for a visit; contacts stay."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: What follow-ups had reported is what their visits reported.
_KEPT = """
INSERT INTO assistance_seenrisk (visit_id, signal_id)
SELECT visit_id, signal_id FROM assistance_followup WHERE signal_id IS NOT NULL;
"""
_BACK = """
UPDATE assistance_followup AS owed SET signal_id = seen.signal_id
FROM assistance_seenrisk AS seen WHERE seen.visit_id = owed.visit_id;
"""

#: Who stayed in touch with a household, and why it changed, stays as it was written, whoever writes.
_CONTACTS = """
    CREATE FUNCTION keep_contact_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a change of a contact stays as it was written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_change_of_a_contact_stays';
    END $$;
    CREATE TRIGGER keep_contact_changes BEFORE UPDATE OR DELETE ON assistance_contactchange
        FOR EACH ROW EXECUTE FUNCTION keep_contact_changes();
"""
_LOOSE = """
    DROP TRIGGER keep_contact_changes ON assistance_contactchange;
    DROP FUNCTION keep_contact_changes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_programs"),
        ("alerts", "0062_a_leader_lets_a_report_stand"),
        ("assistance", "0300_risks_reported_and_sheets_left"),
        ("households", "0161_pairs_settle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SeenRisk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.visit",
                        verbose_name="visit",
                    ),
                ),
                (
                    "signal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alerts.signal",
                        verbose_name="reported as",
                    ),
                ),
            ],
            options={
                "verbose_name": "new risk that was seen",
                "verbose_name_plural": "new risks that were seen",
                "ordering": ["-id"],
            },
        ),
        migrations.RunSQL(_KEPT, _BACK),
        migrations.RemoveConstraint(model_name="followup", name="a_new_risk_was_seen_by_a_visit"),
        migrations.RemoveField(model_name="followup", name="signal"),
        migrations.AddField(
            model_name="policyexit",
            name="told_on",
            field=models.DateField(blank=True, null=True, verbose_name="township told on"),
        ),
        migrations.RunSQL(_CONTACTS, _LOOSE),
        migrations.CreateModel(
            name="StayVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("head", models.CharField(max_length=60, verbose_name="head, masked")),
                ("persons", models.PositiveSmallIntegerField(verbose_name="persons")),
                ("why", models.CharField(max_length=200, verbose_name="what to look at")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="visit due on")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stay_visits",
                        to="assistance.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "to_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.area",
                        verbose_name="village that is asked",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.visit",
                        verbose_name="visit",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who goes there",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit where the household lives",
                "verbose_name_plural": "visits where households live",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["to_area", "-id"], name="stay_visits_asked_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "accepted"))),
                        fields=("case",),
                        name="a_case_asks_for_one_visit_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visit__isnull", True), ("visitor__isnull", False), _connector="OR"
                        ),
                        name="a_visit_elsewhere_is_made_by_who_accepted",
                    ),
                ],
            },
        ),
    ]
