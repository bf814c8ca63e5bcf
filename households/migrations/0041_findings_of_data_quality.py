"""Findings of data quality, and how many of them waited when."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_areas_without_unused_indexes"),
        ("households", "0033_pairs_and_words_as_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QualityCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=6, verbose_name="rule")),
                ("waiting", models.PositiveIntegerField(verbose_name="findings that wait")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_counts",
                        to="accounts.area",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of findings",
                "verbose_name_plural": "counts of findings",
                "ordering": ["area", "rule", "since"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("until__isnull", True)),
                        fields=["area", "rule"],
                        name="quality_count_now",
                        opclasses=["varchar_pattern_ops", "varchar_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("area"),
                        models.F("rule"),
                        models.F("since"),
                        name="a_count_is_kept_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="a_count_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=6, verbose_name="rule")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("digest", models.CharField(max_length=32, verbose_name="digest of the facts")),
                ("found_on", models.DateField(verbose_name="found on")),
                ("gone_on", models.DateField(blank=True, null=True, verbose_name="gone on")),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="judged right on")),
                (
                    "judged_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is right"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="accounts.area",
                        verbose_name="village",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="judged right by",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="households.resident",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding of data quality",
                "verbose_name_plural": "findings of data quality",
                "ordering": ["household", "rule", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_on__isnull", True), ("judged_on__isnull", True)),
                        fields=["area", "household"],
                        name="quality_finding_waiting",
                        opclasses=["varchar_pattern_ops", "int8_ops"],
                    ),
                    models.Index(
                        condition=models.Q(
                            ("gone_on__isnull", True), ("judged_on__isnull", False), _connector="OR"
                        ),
                        fields=["rule", "area"],
                        name="quality_finding_open",
                        opclasses=["varchar_ops", "varchar_pattern_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("rule"),
                        models.F("household"),
                        django.db.models.functions.comparison.Coalesce("resident", models.Value(0)),
                        condition=models.Q(("gone_on__isnull", True)),
                        name="a_rule_doubts_somebody_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_by__isnull", True),
                                ("judged_on__isnull", True),
                                ("judged_reason", ""),
                            ),
                            models.Q(
                                ("judged_by__isnull", False),
                                ("judged_on__isnull", False),
                                models.Q(("judged_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="who_judges_a_finding_says_why",
                    ),
                ],
            },
        ),
        # A finding's area is always the household's, and follows it.
        migrations.RunSQL(
            sql="""
                ALTER TABLE households_qualityfinding ADD CONSTRAINT a_finding_lies_in_the_area_of_the_household
                FOREIGN KEY (household_id, area_id) REFERENCES households_household (id, area_id)
                ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="""
                ALTER TABLE households_qualityfinding DROP CONSTRAINT a_finding_lies_in_the_area_of_the_household
            """,
        ),
    ]
