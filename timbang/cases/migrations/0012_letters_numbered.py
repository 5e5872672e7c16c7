from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_doors_of_the_accused")]
    operations = []
