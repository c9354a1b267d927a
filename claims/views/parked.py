"""What was typed into a step waits in the session while its member looks for a centre elsewhere."""

from django.http import QueryDict

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
