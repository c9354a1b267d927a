"""Pictures, only for those who may see the claim, from our own address, and never as anything but a picture."""

from django.conf import settings
from django.http import Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_sendfile import sendfile

from claims import documents
from claims.models import Document
from claims.views.owned import own_document


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
def picture(request, code):
    return sent(request, visible_document(request, code).name)


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
def thumbnail(request, code):
    return sent(request, documents.thumbnail_name(visible_document(request, code).name))


def visible_document(request, code) -> Document:
    """The household's pictures for a member; any submitted claim's for officers, who are logged."""
    if request.user.is_staff:
        return officers_document(request, code)
    return own_document(request, code)


def officers_document(request, code) -> Document:
    if not request.user.has_perm("claims.view_claim"):
        raise Http404
    try:
        return Document.objects.exclude(claim__status="draft").get(code=code)
    except Document.DoesNotExist:
        raise Http404 from None


def sent(request, name):
    response = sendfile(request, f"{settings.DOCUMENT_ROOT}/{name}", mimetype="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
