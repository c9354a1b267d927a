"""Which of the staff saw or did what with which row, and which lists left the portal; no personal data in it."""

from auditlog.models import LogEntry

from members.account import masked
from members.limits import address_of
from members.models import User


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


def record_new_mobile(instance, *, by: User, before: str, after: str) -> None:
    """Staff have changed somebody's number; both are kept masked, for they may belong to two people."""
    LogEntry.objects.log_create(
        instance,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        actor=by,
        changes={"mobile": [masked(before) if before else "", masked(after)]},
        object_repr=f"{instance._meta.model_name} {instance.pk}",
        serialized_data=None,
    )
