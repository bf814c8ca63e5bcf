"""Codes of households, counts of scans, and leaflets handed over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0071_rules_no_longer_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScanCount",
            fields=[
                (
                    "key",
                    models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="key"),
                ),
                ("began_at", models.DateTimeField(db_index=True, verbose_name="began at")),
                ("count", models.PositiveIntegerField(verbose_name="count")),
            ],
            options={
                "verbose_name": "count of scans",
                "verbose_name_plural": "counts of scans",
            },
        ),
        migrations.CreateModel(
            name="HouseholdCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=22, unique=True, verbose_name="token")),
                ("issued_on", models.DateField(verbose_name="given out on")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="revoked on")),
                (
                    "revoked_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was revoked"),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given out by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "household code",
                "verbose_name_plural": "household codes",
                "ordering": ["household", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("household"),
                        condition=models.Q(("revoked_on__isnull", True)),
                        name="a_household_has_one_code_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("token__regex", "^[A-Za-z0-9_-]{22}$")),
                        name="a_code_has_128_random_bits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_by__isnull", True),
                                ("revoked_on__isnull", True),
                                ("revoked_reason", ""),
                            ),
                            models.Q(
                                ("revoked_by__isnull", False),
                                ("revoked_on__isnull", False),
                                models.Q(("revoked_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_revoked_code_says_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeafletTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.DateField(verbose_name="text in force from")),
                ("given_on", models.DateField(verbose_name="handed over on")),
                ("entered_on", models.DateField(verbose_name="entered on")),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="taken back on")),
                (
                    "undone_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was taken back"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaflets",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "leaflet handed over",
                "verbose_name_plural": "leaflets handed over",
                "ordering": ["household", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("household"),
                        models.F("edition"),
                        condition=models.Q(("undone_on__isnull", True)),
                        name="a_household_gets_each_leaflet_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("undone_by__isnull", True),
                                ("undone_on__isnull", True),
                                ("undone_reason", ""),
                            ),
                            models.Q(("undone_by__isnull", False), ("undone_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_leaflet_taken_back_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_on__gte", models.F("given_on"))),
                        name="a_leaflet_is_entered_when_it_was_handed_over_or_later",
                    ),
                ],
            },
        ),
    ]
