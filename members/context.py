"""What the frame of every page needs beside its own content."""

from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from members import sessions
from members.models import User
from notifications.models import Message


def portal(request) -> dict:
    """For members alone: visitors and staff have no app bar."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_member:
        return {}
    return {
        # It mostly came with the session; else it is counted where a page draws it.
        "unread_messages": user.unread
        if hasattr(user, "unread")
        else SimpleLazyObject(lambda: unread_messages(user)),
        "session_ends": sessions.ends_at(request),
    }


def unread_messages(user: User) -> int:
    """Those written since «پیام‌ها» was last opened."""
    if hasattr(user, "unread"):
        return user.unread
    is_new = Q(created_at__gt=user.messages_read_at) if user.messages_read_at else Q()
    return Message.objects.inbox_of(user).filter(is_new).count()
