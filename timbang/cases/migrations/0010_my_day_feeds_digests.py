import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_addresses_for_digests'),
        ('cases', '0009_findings_links_marks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('token', models.BinaryField(max_length=32, unique=True)),
                ('language', models.CharField(max_length=2)),
                ('made_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='DigestSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on', models.DateField()),
                ('mail', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.mail')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'on'), name='one_digest_per_officer_and_day')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('whose', models.CharField(blank=True, default='', max_length=12)),
                ('due', models.CharField(blank=True, default='', max_length=12)),
                ('kind', models.CharField(blank=True, default='', max_length=20)),
                ('procedure', models.CharField(blank=True, default='', max_length=60)),
                ('step', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'ordering': ['whose', 'due', 'kind', 'procedure', 'step'],
                'constraints': [models.UniqueConstraint(fields=('officer', 'whose', 'due', 'kind', 'procedure', 'step'), name='a_filter_is_saved_once')],
            },
        ),
        migrations.AddIndex(
            model_name='openterm',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['organ', '-closed_on'], name='terms_by_their_end'),
        ),
        migrations.AddIndex(
            model_name='summons',
            index=models.Index(fields=['summoned_for_on'], name='summonses_by_their_day'),
        ),
    ]
