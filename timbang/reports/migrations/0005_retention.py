from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_service_complaints")]
    operations = [
        migrations.CreateModel(
            name="FileToRemove",
            fields=[
                ("stored_as", models.CharField(max_length=34, primary_key=True, serialize=False)),
                ("since_on", models.DateField()),
            ],
        ),
    ]
