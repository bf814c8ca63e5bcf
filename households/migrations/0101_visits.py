"""Visits to households, what they served, and the questions that were asked."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_areas_without_unused_indexes"),
        ("households", "0092_authorisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("from_day", models.DateField(verbose_name="from")),
                ("text", models.TextField(verbose_name="declaration")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the declaration")),
            ],
            options={
                "verbose_name": "questionnaire",
                "verbose_name_plural": "questionnaires",
                "ordering": ["code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="a_questionnaire_has_one_of_each_version"
                    ),
                    models.UniqueConstraint(
                        fields=("code", "from_day"), name="a_questionnaire_begins_once_on_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(editable=False, max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="key of the form")),
                ("happened_on", models.DateField(verbose_name="day of the visit")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time of the visit")),
                ("entered_on", models.DateField(verbose_name="entered on")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("elsewhere", "met elsewhere"),
                            ("phone", "by telephone"),
                            ("video", "by video call"),
                            ("proxy", "through somebody else"),
                        ],
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                ("way_reason", models.CharField(blank=True, max_length=200, verbose_name="why not at home")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("met", "spoken with"), ("nobody", "nobody met")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("others", models.CharField(blank=True, max_length=200, verbose_name="other people present")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("accuracy", models.PositiveIntegerField(blank=True, null=True, verbose_name="accuracy (m)")),
                (
                    "no_place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_there", "not on the spot: by telephone, video or through somebody else"),
                            ("no_signal", "the device found no place"),
                            ("forbidden", "the device may not tell its place"),
                            ("paper", "entered from paper"),
                        ],
                        max_length=10,
                        verbose_name="why no place",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="answers")),
                ("known", models.JSONField(default=dict, verbose_name="known before")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.area",
                        verbose_name="village",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "met",
                    models.ManyToManyField(
                        related_name="visits", to="households.resident", verbose_name="members met"
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="households.questionnaire",
                        verbose_name="questionnaire",
                    ),
                ),
                (
                    "visitors",
                    models.ManyToManyField(
                        related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="visitors"
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "ordering": ["-happened_on", "-id"],
                "indexes": [
                    models.Index(fields=["-happened_on", "-id"], name="visits_in_order"),
                    models.Index(fields=["area"], name="visits_by_area", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["household", "-happened_on"], name="visits_of_household"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entered_by", "key"), name="a_form_sent_twice_is_one_visit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("latitude__isnull", False), ("longitude__isnull", False), ("no_place", "")
                            ),
                            models.Q(
                                ("accuracy__isnull", True),
                                ("latitude__isnull", True),
                                ("longitude__isnull", True),
                                models.Q(("no_place", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_visit_has_a_place_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "home"), models.Q(("way_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_visit_that_was_not_at_home_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=60, verbose_name="kind of object")),
                ("object_id", models.CharField(max_length=64, verbose_name="object")),
                ("added_on", models.DateField(verbose_name="since")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purposes",
                        to="households.visit",
                        verbose_name="visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "purpose",
                "verbose_name_plural": "purposes",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["model", "object_id"], name="visits_that_served"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "model", "object_id"), name="a_visit_serves_something_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("body", models.JSONField(verbose_name="what it said")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="changed",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="households.visit",
                        verbose_name="visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of a visit",
                "verbose_name_plural": "earlier versions of visits",
                "ordering": ["visit", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "version"), name="a_visit_keeps_each_version_once"
                    ),
                ],
            },
        ),
        # A visit's area is always the household's, and follows it.
        migrations.RunSQL(
            sql="""
                ALTER TABLE households_visit ADD CONSTRAINT a_visit_lies_in_the_area_of_the_household
                FOREIGN KEY (household_id, area_id) REFERENCES households_household (id, area_id)
                ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="ALTER TABLE households_visit DROP CONSTRAINT a_visit_lies_in_the_area_of_the_household",
        ),
    ]
