"""The content policy of all pages: no page has an exception or a nonce of its own, so it is put together once."""

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings

# Django's own page about an error in development has its styles in it.
SHOWN_BY_DJANGO = (404, 500)


class ContentPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request):
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in SHOWN_BY_DJANGO):
            response.headers.setdefault(HEADER, self.policy)
        return response
