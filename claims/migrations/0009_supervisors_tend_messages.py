"""Supervisors send messages again and tend the providers; the support sees both."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW = ["view_message", "view_messagetemplate", "view_providerhealth"]
GROUPS = {
    "سرپرست": [*VIEW, "change_message", "change_messagetemplate", "change_providerhealth"],
    "پشتیبان": VIEW,
}


def let_tend(apps, schema_editor):
    create_permissions(current_apps.get_app_config("notifications"), verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="notifications")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions.filter(codename__in=GROUPS[group.name]))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_papers_are_kept"),
        ("notifications", "0001_messages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_tend, migrations.RunPython.noop)]
