from django.db import migrations


class Migration(migrations.Migration):
    """Numbers come from a sequence: no counter row for writers to queue at. Seven digits, then round again."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_case_number MAXVALUE 9999999 CYCLE",
            "DROP SEQUENCE cases_case_number",
        ),
    ]
