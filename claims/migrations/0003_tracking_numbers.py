"""The sequence behind tracking codes (claims/tracking.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_append_only_history")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE claims_tracking_number MINVALUE 0 START 0",
            "DROP SEQUENCE claims_tracking_number",
        )
    ]
