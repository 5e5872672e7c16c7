import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_more_kinds_of_organs")]
    operations = [
        migrations.AddField(
            model_name='officer',
            name='let_in_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='CodeDevice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed_secret', models.BinaryField(max_length=128)),
                ('last_step', models.PositiveBigIntegerField()),
                ('added_on', models.DateField()),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='code_device', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('credential_id', models.BinaryField(max_length=1023, unique=True)),
                ('credential', models.BinaryField(max_length=4096)),
                ('sign_count', models.PositiveBigIntegerField()),
                ('added_on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('added_on', 'name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('began_on', models.DateField()),
                ('used_on', models.DateField()),
                ('device', models.CharField(choices=[('computer', 'Computer'), ('tablet', 'Tablet'), ('phone', 'Telephone'), ('unknown', 'Unknown device')], max_length=16)),
                ('proof', models.CharField(choices=[('password', 'Password only'), ('passkey', 'Passkey'), ('code', 'Code from an app'), ('recovery', 'Recovery code'), ('sign_on', 'Sign-on of the office')], max_length=16)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-used_on', '-began_on', 'id'),
            },
        ),
        migrations.AddField(
            model_name='unlock',
            name='visit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unlocks', to='accounts.visit'),
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32)),
                ('made_on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'digest'), name='accounts_recovery_code_once')],
            },
        ),
        migrations.CreateModel(
            name='SignOn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=300)),
                ('subject', models.CharField(max_length=255)),
                ('linked_on', models.DateField()),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sign_on', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='accounts_sign_on_of_one_officer')],
            },
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('device__in', ('computer', 'tablet', 'phone', 'unknown')), ('proof__in', ('password', 'passkey', 'code', 'recovery', 'sign_on'))), name='accounts_visit_codes'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('used_on__gte', models.F('began_on'))), name='accounts_visit_used_after_it_began'),
        ),
    ]
