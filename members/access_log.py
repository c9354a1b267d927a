"""Which of the staff saw or did what with which row, and which lists left the portal; no personal data in it."""

from auditlog.models import LogEntry

from members.limits import address_of


def record(request, instance, what: str) -> None:
    """`what` in a word: "seen" (with national IDs), "claim", "picture", "export", "upload", "commit", …"""
    LogEntry.objects.log_create(
        instance,
        force_log=True,
        action=LogEntry.Action.ACCESS,
        actor=request.user,
        changes={"act": ["", what]},
        object_repr=f"{instance._meta.model_name} {instance.pk}",
        serialized_data=None,
        remote_addr=address_of(request).partition("/")[0] or None,
    )
