import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_keys_of_other_systems'),
        ('ledger', '0001_entries_and_tree_head'),
        ('registry', '0004_versions_of_the_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExchangeRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=12, unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('withdrawn', models.BooleanField(default=False)),
                ('returned_by', models.CharField(max_length=160, null=True, unique=True)),
                ('returns', models.CharField(max_length=160, null=True, unique=True)),
                ('once', models.UUIDField(unique=True)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ')),
            ],
            options={
                'ordering': ('number',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('withdrawn', False), models.Q(('returned_by', None), ('returns', None)), _connector='OR'), name='a_withdrawn_exchange_has_no_legs'),
                    models.CheckConstraint(condition=models.Q(models.Q(('returned_by', None), models.Q(('returned_by', models.F('number')), _negated=True), _connector='OR'), models.Q(('returns', None), models.Q(('returns', models.F('number')), _negated=True), _connector='OR')), name='an_exchange_is_no_leg_of_itself'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExchangeState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('recorded', 'recorded'), ('corrected', 'corrected'), ('linked', 'linked with its other leg, or no longer'), ('withdrawn', 'withdrawn by its office')], max_length=9)),
                ('content', models.JSONField()),
                ('because', models.CharField(blank=True, max_length=300)),
                ('salt', models.CharField(max_length=32)),
                ('made_on', models.DateField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='registry.exchangerecord')),
            ],
            options={
                'ordering': ('record_id', 'ordinal'),
                'constraints': [
                    models.UniqueConstraint(fields=('record', 'ordinal'), name='a_version_of_an_exchange_stands_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('act', 'recorded'), ('ordinal', 1)), models.Q(models.Q(('act', 'recorded'), _negated=True), models.Q(('because', ''), _negated=True)), _connector='OR'), name='who_changes_an_exchange_says_why'),
                ],
            },
        ),
    ]
