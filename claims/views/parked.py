"""What was typed and not saved: its centre is looked for elsewhere, or the session had ended."""

from django.http import QueryDict

from members.sessions import kept_values

LEFT_OUT = {"csrfmiddlewaretoken", "find_centre", "next"}


def park(request, key: str) -> None:
    kept = request.POST.copy()
    for name in LEFT_OUT:
        kept.pop(name, None)
    request.session[f"parked-{key}"] = kept.urlencode()


def parked(request, key: str) -> dict:
    """The typed values as initial values of the form; they are given back once saved (`forget`)."""
    text = request.session.get(f"parked-{key}")
    return dict(QueryDict(text).items()) if text else {}


def forget(request, key: str) -> None:
    request.session.pop(f"parked-{key}", None)


def kept(request) -> dict:
    """What was posted after the session had ended stands in the form again."""
    values = kept_values(request) if request.method != "POST" else None
    return dict(values.items()) if values else {}


def explained(request, claim) -> dict:
    """What was written to the officer beside the button that sends, and not sent yet."""
    return parked(request, f"review-{claim.code}") | kept(request)
