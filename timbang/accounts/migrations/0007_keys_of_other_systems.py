import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_addresses_for_digests")]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('label', models.CharField(max_length=8, unique=True)),
                ('digest', models.BinaryField(max_length=32)),
                ('scopes', models.JSONField()),
                ('made_on', models.DateField()),
                ('revoked_on', models.DateField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_keys', to='accounts.organ')),
            ],
            options={
                'ordering': ('made_on', 'label'),
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('url', models.CharField(max_length=500)),
                ('made_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended', models.CharField(blank=True, choices=[('removed', 'Removed'), ('revoked', 'Revoked'), ('gone', 'Gone'), ('silent', 'Silent')], max_length=8)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='accounts.apikey')),
            ],
            options={
                'ordering': ('made_on', 'id'),
            },
        ),
        migrations.CreateModel(
            name='WebhookMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending')], default='waiting', max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('claim', models.UUIDField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='accounts.webhook')),
            ],
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_on', None), ('revoked_on__gte', models.F('made_on')), _connector='OR'), name='accounts_api_key_revoked_after_made'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('key', 'url'), name='accounts_webhook_once'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('ended', ''), _negated=True)), _connector='OR'), name='accounts_webhook_ends_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='webhookmessage',
            index=models.Index(fields=['state', 'not_before'], name='accounts_webhook_to_send'),
        ),
        migrations.AddConstraint(
            model_name='webhookmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('claimed_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('claim', None), ('claimed_until', None)), _connector='OR'), name='accounts_webhook_message_is_claimed_while_sent'),
        ),
    ]
