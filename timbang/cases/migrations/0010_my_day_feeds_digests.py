from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_findings_links_marks")]
    operations = []
