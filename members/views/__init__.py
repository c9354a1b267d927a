"""Pages of members; staff who wander in are shown to their own door, who asks too often is asked to wait."""

from functools import wraps

from django.shortcuts import redirect, render

from members import limits


def member_required(view):
    """For pages of members: staff are sent to the admin; who is not signed in, to the login."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_member:
            return redirect("admin:index")
        return view(request, *args, **kwargs)

    return guarded


def limited(scope: str):
    """At most as often per account as settings.LIMITS says of `scope`."""

    def limit(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            try:
                limits.spend(scope, request.user.pk)
            except limits.TooMany as refusal:
                minutes = -(-refusal.wait // 60)
                return render(request, "429.html", {"minutes": minutes}, status=429)
            return view(request, *args, **kwargs)

        return counted

    return limit
