"""The finance office finds what is to be paid among millions that are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_staff_groups")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status", "approved")), fields=["decided_at", "id"], name="claim_to_pay"
            ),
        )
    ]
