"""Supervisors and the support read the access log."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

READERS = ["سرپرست", "پشتیبان"]


def let_read(apps, schema_editor):
    create_permissions(current_apps.get_app_config("auditlog"), verbosity=0)
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="auditlog", codename="view_logentry"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=READERS):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_claims_to_pay"),
        ("auditlog", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(let_read, migrations.RunPython.noop)]
