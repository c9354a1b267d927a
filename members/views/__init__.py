"""Pages of members; staff who wander in are shown to their own door."""

from functools import wraps

from django.shortcuts import redirect


def member_required(view):
    """For pages of members: staff are sent to the admin; who is not signed in, to the login."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_member:
            return redirect("admin:index")
        return view(request, *args, **kwargs)

    return guarded
