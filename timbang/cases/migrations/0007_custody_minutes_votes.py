from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_assigned_declared_looked_up")]
    operations = []
