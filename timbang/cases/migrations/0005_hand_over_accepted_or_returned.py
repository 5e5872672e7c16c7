from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_lists_read_by_index")]
    operations = []
