import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """No index twice: collation C serves prefixes by the unique index alone, and nobody asks for cases by release."""

    dependencies = [
        ('cases', '0003_reads'),
        ('orgs', '0001_initial'),
        ('people', '0001_initial'),
        ('releases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='number',
            field=models.CharField(db_collation='C', max_length=24),
        ),
        migrations.AlterField(
            model_name='case',
            name='release',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release'),
        ),
        migrations.AlterField(
            model_name='case',
            name='tracking',
            field=models.CharField(db_collation='C', max_length=20),
        ),
        migrations.AlterField(
            model_name='event',
            name='key',
            field=models.CharField(db_collation='C', max_length=120, null=True),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('number',), name='case_number'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('tracking',), name='case_tracking'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('key',), name='event_key'),
        ),
    ]
