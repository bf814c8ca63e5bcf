"""A move of a person that came to nothing may stay when their row is taken away: `kind` says that it was of one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0180_people_move_by_hand_shake"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="householdmove",
            name="a_move_of_a_person_says_what_happened",
        ),
        migrations.AddConstraint(
            model_name="householdmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", ""), ("person__isnull", True)),
                    models.Q(("person__isnull", False), models.Q(("kind", ""), _negated=True)),
                    models.Q(("person__isnull", True), ("state__in", ("refused", "withdrawn", "undone"))),
                    _connector="OR",
                ),
                name="a_move_of_a_person_says_what_happened",
            ),
        ),
    ]
