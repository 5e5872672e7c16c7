from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_hand_over_by_api")]
    operations = []
