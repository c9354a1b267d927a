"""Which of the staff saw which claim and picture, and which lists left the portal; no personal data in it."""

from auditlog.models import LogEntry

from members.limits import address_of


def seen(request, instance, what: str) -> None:
    """`what` is said in a word: "claim" (with the national ID), "picture", "thumbnail", "export"."""
    LogEntry.objects.log_create(
        instance,
        force_log=True,
        action=LogEntry.Action.ACCESS,
        actor=request.user,
        changes={"seen": ["", what]},
        object_repr=f"{instance._meta.model_name} {instance.pk}",
        serialized_data=None,
        remote_addr=address_of(request).partition("/")[0] or None,
    )
