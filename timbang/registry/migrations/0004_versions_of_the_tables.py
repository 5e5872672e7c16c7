import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_entries_and_tree_head'),
        ('registry', '0003_pairs_of_names_judged'),
    ]

    operations = [
        migrations.CreateModel(
            name='TablesVersion',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=8)),
                ('source', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ('load', 'retract'))), name='a_version_of_the_tables_is_a_load_or_a_retraction')],
            },
        ),
    ]
