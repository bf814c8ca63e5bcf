import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_areas_without_unused_indexes"),
        ("assistance", "0010_what_comes_to_a_case"),
        ("households", "0110_begun_forms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("review", "Township review"),
                            ("approval", "County approval"),
                            ("announcement", "Announcement"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number of the paper")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="where it is posted")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
                ("as_computed", models.BooleanField(default=False, verbose_name="as computed")),
                ("made_on", models.DateField(verbose_name="entered on")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="entered at")),
                ("job", models.UUIDField(blank=True, null=True, unique=True, verbose_name="job")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of cases",
                "verbose_name_plural": "batches of cases",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "approval"), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_approval_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "announcement"), _negated=True),
                            models.Q(("place", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_announcement_is_posted_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("entry", "enrolment"), ("removal", "removal of the risk")],
                        default="entry",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version chosen")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("done", "decided"), ("left", "stays out"), ("undone", "taken back")],
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="assistance.batch",
                        verbose_name="batch",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_items",
                        to="assistance.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "case of a batch",
                "verbose_name_plural": "cases of a batch",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("result", "")), fields=["batch", "id"], name="cases_to_decide"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "case", "what"), name="a_batch_names_a_case_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=40, verbose_name="decision")),
                ("concluded_on", models.DateField(verbose_name="concluded on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("until", models.DateField(verbose_name="second check until")),
                ("delivered_on", models.DateField(blank=True, null=True, verbose_name="delivered on")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handed", "handed over"),
                            ("read_out", "read out"),
                            ("phone", "by telephone"),
                        ],
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                ("taken_by", models.CharField(blank=True, max_length=60, verbose_name="taken by")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="delivered by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="assistance.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter on a case",
                "verbose_name_plural": "letters on cases",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered_on__isnull", True)),
                        fields=["due_on", "id"],
                        name="letters_on_cases_owed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "verb", "concluded_on"), name="a_decision_is_told_in_one_letter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", True), ("delivered_on__isnull", True), ("way", "")),
                            models.Q(
                                ("by__isnull", False),
                                ("delivered_on__isnull", False),
                                models.Q(("way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_delivered_letter_on_a_case_says_how_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day of the check")),
                (
                    "net_per_head",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="net income per head",
                    ),
                ),
                (
                    "reference_per_head",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="reference income per head",
                    ),
                ),
                (
                    "line",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="monitoring line"
                    ),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("computed", models.JSONField(default=dict, verbose_name="as computed")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("unstable", "unstable household lifted out of poverty"),
                            ("marginal", "marginal household liable to poverty"),
                            ("sudden", "household in sudden serious difficulty"),
                        ],
                        max_length=15,
                        verbose_name="category",
                    ),
                ),
                (
                    "risk_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                        verbose_name="risk types",
                    ),
                ),
                (
                    "disaster_kind",
                    models.CharField(blank=True, max_length=10, verbose_name="kind of natural disaster"),
                ),
                (
                    "other_risk",
                    models.CharField(blank=True, max_length=100, verbose_name="other risk, in words"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("high", "high"), ("middle", "middle"), ("low", "low")],
                        max_length=10,
                        verbose_name="risk level",
                    ),
                ),
                ("no_labour", models.BooleanField(default=False, verbose_name="household without labour")),
                ("changed_because", models.CharField(blank=True, max_length=200, verbose_name="why changed")),
                ("by_county", models.BooleanField(default=False, verbose_name="by the county")),
                ("confirmed_on", models.DateField(verbose_name="confirmed on")),
                ("superseded", models.BooleanField(default=False, verbose_name="superseded")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="assistance.case",
                        verbose_name="case",
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
                    ),
                ),
            ],
            options={
                "verbose_name": "conclusion",
                "verbose_name_plural": "conclusions",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("case",),
                        name="one_conclusion_of_a_case_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="why it was wrong")),
                ("heard_on", models.DateField(verbose_name="heard on")),
                (
                    "heard_by",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("office", "at the office"),
                            ("phone", "by telephone"),
                            ("refused", "invited, and said nothing"),
                        ],
                        max_length=10,
                        verbose_name="heard how",
                    ),
                ),
                ("heard", models.CharField(max_length=500, verbose_name="what the household said")),
                ("proposed_on", models.DateField(verbose_name="proposed on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "wrongly identified"), ("rejected", "identification stands")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                (
                    "decision",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the decision"),
                ),
                ("noticed_on", models.DateField(blank=True, null=True, verbose_name="notice posted on")),
                (
                    "notice_place",
                    models.CharField(blank=True, max_length=100, verbose_name="where the notice is posted"),
                ),
                (
                    "handed_over",
                    models.CharField(blank=True, max_length=300, verbose_name="handed to departments"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="assistance.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of an identification",
                "verbose_name_plural": "corrections of identifications",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("case",),
                        name="one_correction_of_a_case_is_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True), ("decided_on__isnull", True), ("outcome", "")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_correction_says_by_whom",
                    ),
                ],
            },
        ),
    ]
