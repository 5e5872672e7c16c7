from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_figures")]
    operations = []
