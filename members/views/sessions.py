"""«ادامه می‌دهم»: the session goes on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import sessions


@login_not_required
@never_cache
@require_POST
def keep(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    sessions.touch(request)
    if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        return redirect("home")
    return JsonResponse({"session_ends": sessions.ends_at(request)})
