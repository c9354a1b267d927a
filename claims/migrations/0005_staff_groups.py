"""The groups of the staff and what each may do."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW_CLAIMS = [
    "claims.view_claim",
    "claims.view_document",
    "claims.view_claimevent",
    "claims.view_deficiency",
    "members.view_person",
    "members.view_enrolment",
    "catalog.view_contract",
    "catalog.view_medicalcentre",
    "notifications.view_message",
]
GROUPS = {
    "کارشناس خسارت": [*VIEW_CLAIMS, "claims.review_claim", "members.view_discrepancy"],
    "سرپرست": [
        *VIEW_CLAIMS,
        "claims.review_claim",
        "claims.supervise_claim",
        "members.view_discrepancy",
        "members.change_discrepancy",
        "notifications.view_messagetemplate",
        "notifications.change_messagetemplate",
    ],
    "امور مالی": [*VIEW_CLAIMS, "claims.pay_claim", "claims.view_paymentbatch", "claims.add_paymentbatch"],
    "متصدی اسامی": [
        "members.view_person",
        "members.change_person",
        "members.view_enrolment",
        "members.change_enrolment",
        "members.view_rosterimport",
        "members.add_rosterimport",
        "members.change_rosterimport",
        "members.view_rosterrow",
        "members.change_rosterrow",
        "members.view_discrepancy",
        "members.change_discrepancy",
        "members.view_user",
        "catalog.view_contract",
    ],
    "مدیر کاتالوگ": ["catalog.*"],
    "پشتیبان": [
        *VIEW_CLAIMS,
        "members.view_user",
        "members.view_discrepancy",
        "members.view_rosterimport",
        "members.view_rosterrow",
    ],
}


def make_groups(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    for name in ("claims", "members", "catalog", "notifications"):
        create_permissions(current_apps.get_app_config(name), verbosity=0)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        for permission in wanted:
            app, codename = permission.split(".")
            rows = permission_model.objects.filter(content_type__app_label=app)
            group.permissions.add(*(rows if codename == "*" else rows.filter(codename=codename)))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_message_templates"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0001_initial"),
        ("catalog", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
