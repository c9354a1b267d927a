"""Deadlines are kept just after midnight; that one has passed is told when people are awake."""

from django.db import migrations


def to_reminders(apps, schema_editor):
    apps.get_model("notifications", "MessageTemplate").objects.filter(kind="claim_expired").update(
        queue="reminders"
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_references_of_earlier_papers")]

    operations = [migrations.RunPython(to_reminders, migrations.RunPython.noop)]
