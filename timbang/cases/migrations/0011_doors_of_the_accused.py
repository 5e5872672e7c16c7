from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_my_day_feeds_digests")]
    operations = []
