"""A follow-up keeps the report that its visit made of a new risk; help ends with a sheet, or with why there is none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0062_a_leader_lets_a_report_stand"),
        ("assistance", "0290_measures_end"),
        ("households", "0150_the_grid"),
    ]

    operations = [
        migrations.AddField(
            model_name="followup",
            name="signal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alerts.signal",
                verbose_name="reported as a new risk",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("signal__isnull", True), ("visit__isnull", False), _connector="OR"),
                name="a_new_risk_was_seen_by_a_visit",
            ),
        ),
        migrations.AddField(
            model_name="helperplace",
            name="no_sheet",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gone", "the person is away, ill or has died and can tell nothing"),
                    ("refuses", "the person does not hand over"),
                    ("mistake", "named by mistake: the person never helped here"),
                ],
                max_length=10,
                verbose_name="why without a sheet",
            ),
        ),
        migrations.AddField(
            model_name="helperplace",
            name="sheet_on",
            field=models.DateField(blank=True, null=True, verbose_name="sheet of what is open printed on"),
        ),
    ]
