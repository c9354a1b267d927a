"""Which of the staff saw or did what with which row, and which lists left the portal; no personal data in it."""

from auditlog.models import LogEntry

from members.limits import address_of
from members.models import User

FIELDS = {
    "mobile": "شمارهٔ موبایل",
    "iban": "شمارهٔ شبا",
    "primary": "بیمه‌شدهٔ اصلی",
    "cover": "پوشش",
}


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
    record_changes(instance, by=by, changes={"mobile": [masked(before), masked(after)]})


def masked(number: str) -> str:
    """Of a mobile, an iban or a national ID enough to tell two of them apart."""
    return f"{number[:4]}*****{number[-2:]}" if number else ""


def record_changes(instance, *, by: User, changes: dict[str, list[str]]) -> None:
    """`changes`: by a name of FIELDS what stood there before and what stands there now, masked."""
    LogEntry.objects.log_create(
        instance,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        actor=by,
        changes=changes,
        object_repr=f"{instance._meta.model_name} {instance.pk}",
        serialized_data=None,
    )
