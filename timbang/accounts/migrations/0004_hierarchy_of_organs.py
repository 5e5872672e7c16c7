from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_second_factor_and_sessions")]
    operations = []
