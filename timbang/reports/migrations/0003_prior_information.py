from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_why_identities_were_opened")]
    operations = [
        migrations.AlterField(
            model_name="report",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("question", "Question"),
                    ("answered", "Answered"),
                    ("in_case", "In Case"),
                    ("forwarded", "Forwarded"),
                    ("decided", "Decided"),
                    ("closed", "Closed"),
                    ("rejected", "Rejected"),
                    ("information", "Information"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="received",
                max_length=12,
            ),
        ),
    ]
