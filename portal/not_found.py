"""In the demo, an address that leads nowhere is answered as members read it, not as developers do."""

from django.conf import settings
from django.shortcuts import render


class FoundAsByMembersMiddleware:
    """Beside DEBUG, Django answers with its table of all addresses; whoever tries the portal is no developer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_of_django = settings.DEBUG and response.status_code == 404 and response.content
        return render(request, "404.html", status=404) if is_of_django else response
