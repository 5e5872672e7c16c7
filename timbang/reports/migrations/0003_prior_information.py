from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_why_identities_were_opened")]
    operations = []
