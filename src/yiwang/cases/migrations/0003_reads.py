from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists by due time in order of the index alone, ties too; and statistics that know the common search keys."""

    dependencies = [("cases", "0002_case_number")]
    operations = [
        migrations.RemoveIndex("case", "case_work"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organisation", "due_at", "id"], name="case_work", condition=models.Q(ended_at=None)
            ),
        ),
        migrations.RemoveIndex("case", "case_due"),
        migrations.AddIndex(
            "case", models.Index(fields=["due_at", "id"], name="case_due", condition=models.Q(ended_at=None))
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_searchable ALTER COLUMN grams SET STATISTICS 300",
            "ALTER TABLE cases_searchable ALTER COLUMN grams SET STATISTICS -1",
        ),
    ]
