"""«پیام‌ها»: the texts sent to this account; opening them is reading them."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import User
from members.views import member_required
from notifications.models import Message, MessageTemplate

A_PAGE = 20


@member_required
@never_cache
@require_safe
def inbox(request):
    member = request.user
    found = Paginator(Message.objects.inbox_of(member), A_PAGE).get_page(request.GET.get("page"))
    titles = dict(MessageTemplate.objects.values_list("kind", "title"))
    rows = [
        {
            "message": message,
            "title": titles.get(message.kind, ""),
            "is_new": member.messages_read_at is None or message.created_at > member.messages_read_at,
        }
        for message in found
    ]
    response = render(request, "members/messages.html", {"rows": rows, "page_obj": found})
    User.objects.filter(pk=member.pk).update(messages_read_at=timezone.now())
    return response
