"""Overdue removals and income sheets are told once, and imported identifications may get their exact day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assistance", "0230_assessments"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="sheet_told_until",
            field=models.DateField(blank=True, null=True, verbose_name="overdue income sheet told of"),
        ),
        migrations.AddField(
            model_name="removal",
            name="escalated_on",
            field=models.DateField(blank=True, null=True, verbose_name="superior told on"),
        ),
        migrations.CreateModel(
            name="ImportedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day of the identification")),
                ("paper", models.CharField(max_length=200, verbose_name="paper that says so")),
                ("stated_on", models.DateField(verbose_name="put in on")),
                ("taken_back_on", models.DateField(blank=True, null=True, verbose_name="taken back on")),
                (
                    "why_back",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was taken back"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="put in by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_days",
                        to="assistance.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "taken_back_by",
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
                "verbose_name": "day of an imported identification",
                "verbose_name_plural": "days of imported identifications",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(taken_back_on__isnull=True),
                        fields=("case",),
                        name="one_day_of_an_identification_holds",
                    ),
                    models.CheckConstraint(
                        condition=Q(taken_back_on__isnull=True, taken_back_by__isnull=True, why_back="")
                        | Q(taken_back_on__isnull=False, taken_back_by__isnull=False) & ~Q(why_back=""),
                        name="a_day_taken_back_says_by_whom_and_why",
                    ),
                ],
            },
        ),
    ]
