from django.db import migrations


class Migration(migrations.Migration):
    """Monitoring has batches too: those of cases take a name of their own."""

    dependencies = [("assistance", "0020_decisions_about_cases")]

    operations = [
        migrations.RenameModel("Batch", "CaseBatch"),
        migrations.RenameModel("BatchItem", "CaseBatchItem"),
    ]
