from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_hand_over_accepted_or_returned")]
    operations = []
