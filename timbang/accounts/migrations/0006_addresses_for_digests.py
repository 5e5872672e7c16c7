from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_absence_and_delegation")]
    operations = [
    ]
