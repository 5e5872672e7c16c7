from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_after_the_decision")]
    operations = []
