import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_absence_and_delegation'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('handing', 'Handing'), ('sent', 'Sent'), ('unsure', 'Unsure'), ('refused', 'Refused'), ('too_late', 'Too Late')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('useless_after', models.DateTimeField()),
                ('claim', models.UUIDField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'not_before'], name='accounts_mail_to_send')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('claimed_until__isnull', False), ('state__in', ('sending', 'handing'))), models.Q(models.Q(('state__in', ('sending', 'handing')), _negated=True), ('claim', None), ('claimed_until', None)), _connector='OR'), name='accounts_mail_is_claimed_while_somebody_talks'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'unsure', 'refused', 'too_late')), _negated=True), models.Q(('body', ''), ('subject', '')), _connector='OR'), name='accounts_mail_that_ended_has_no_words')],
            },
        ),
        migrations.CreateModel(
            name='MailAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_address', to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=[('id', 'id'), ('en', 'en')], max_length=2)),
                ('code', models.BinaryField(max_length=32)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ('id', 'en'))), name='accounts_mail_address_language')],
            },
        ),
    ]
