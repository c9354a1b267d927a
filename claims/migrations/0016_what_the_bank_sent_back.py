from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_find_centres"),
        ("claims", "0015_only_indexes_that_are_asked"),
        ("members", "0011_what_the_roster_said_last"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status", "payment_failed")), fields=["contract"], name="claim_came_back"
            ),
        ),
    ]
