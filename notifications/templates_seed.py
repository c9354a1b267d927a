"""How other apps bring the texts of their own kinds, from their data migrations."""

from django.apps import apps as current_apps


def register_templates(rows, apps=None) -> None:
    """Create the texts that are missing; what staff have edited since is never overwritten.

    A row is a dict: kind, title, text, placeholders, and where they differ from the defaults
    is_secret (False), queue ("notices") and provider_templates ({}).
    """
    model = (apps or current_apps).get_model("notifications", "MessageTemplate")
    for row in rows:
        kind = row["kind"]
        model.objects.get_or_create(kind=kind, defaults={name: row[name] for name in row if name != "kind"})
