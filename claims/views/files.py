"""Pictures, only for those who may see the claim, from our own address, and never as anything but a picture."""

import re

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_sendfile import sendfile

from claims import documents
from claims.models import Document
from claims.views.owned import own_document
from members import access_log
from members.staff import may_enter

RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
def picture(request, code):
    return sent(request, visible_document(request, code, "picture").name)


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
def thumbnail(request, code):
    document = visible_document(request, code, "thumbnail")
    return sent(request, documents.thumbnail_name(document.name))


def visible_document(request, code, size) -> Document:
    """The household's pictures for a member; any submitted claim's for officers, who are logged."""
    if request.user.is_staff:
        return officers_document(request, code, size)
    return own_document(request, code)


def officers_document(request, code, size) -> Document:
    if not (may_enter(request.user) and request.user.has_perm("claims.view_claim")):
        raise Http404
    try:
        document = Document.objects.exclude(claim__status="draft").get(code=code)
    except Document.DoesNotExist:
        raise Http404 from None
    access_log.record(request, document, size)
    return document


def sent(request, name):
    response = asked_part(
        request, sendfile(request, f"{settings.DOCUMENT_ROOT}/{name}", mimetype="image/jpeg")
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def asked_part(request, response):
    """A line that broke in the middle of a picture goes on from there; behind nginx this is the proxy's work."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or response.status_code != 200 or not (content := response.getvalue()):
        return response
    first, end = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
    if first > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    part = HttpResponse(content[first : end + 1], status=206, content_type="image/jpeg")
    part["Content-Range"] = f"bytes {first}-{end}/{len(content)}"
    return part
