"""Staff change the number to which the codes of an activation go; old and new number are told."""

from django.db import migrations

from notifications.templates_seed import register_templates

ROWS = [
    {
        "kind": "roster_mobile_changed",
        "title": "شماره موبایل در فهرست عوض شد",
        "text": "شماره موبایل شما در فهرست بیمه‌شدگان به {mobile} تغییر کرد. اگر کار شما نبود، به ما خبر دهید.",
        "placeholders": ["mobile"],
    },
]


def register(apps, schema_editor):
    register_templates(ROWS, apps)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_sessions_name_their_account"),
        ("notifications", "0001_messages"),
    ]

    # Going back leaves the row: sent messages name their kind.
    operations = [migrations.RunPython(register, migrations.RunPython.noop)]
