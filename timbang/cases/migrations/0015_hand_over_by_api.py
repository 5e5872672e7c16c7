import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_service_complaints"),
        ("accounts", "0007_keys_of_other_systems"),
    ]

    operations = [
        migrations.CreateModel(
            name='Brought',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('report', 'Report'), ('file', 'File')], max_length=6)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('told_status', models.CharField(max_length=12)),
                ('told_due_on', models.DateField(null=True)),
                ('held_on', models.DateField(null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.apikey')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.report')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'report'], name='brought_by_a_key')],
            },
        ),
    ]
