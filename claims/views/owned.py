"""Claims and pictures are fetched through their owner, in the same statement: a stranger's is a 404."""

from functools import wraps

from django.contrib import messages as notes
from django.http import Http404
from django.shortcuts import redirect

from claims import lifecycle, reading
from claims.models import Claim, Document
from members.access import enrolments_of


def own_claims(request):
    return Claim.objects.seen_by(enrolments_of(request.user)).with_names()


def own_claim(request, code: str, *, with_earlier: bool = False) -> Claim:
    try:
        return reading.own_claim(code, enrolments_of(request.user), with_earlier=with_earlier)
    except Claim.DoesNotExist:
        raise Http404 from None


def own_document(request, code: str) -> Document:
    try:
        return reading.own_document(code, enrolments_of(request.user))
    except Document.DoesNotExist:
        raise Http404 from None


def tells_refusals(view):
    """What may no longer be done with this claim is told on its page; a claim gone meanwhile is a 404."""

    @wraps(view)
    def told(request, code, **kwargs):
        try:
            return view(request, code, **kwargs)
        except lifecycle.Refused as refusal:
            notes.error(request, str(refusal))
            return redirect("claims:detail", code)
        except Claim.DoesNotExist:
            raise Http404 from None

    return told
