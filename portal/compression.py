"""Pages go compressed even where no proxy stands before the process; pictures and files as they are."""

from django.middleware.gzip import GZipMiddleware

WORDS = ("text/", "application/json")


class CompressedPagesMiddleware(GZipMiddleware):
    """Django's own, with its padding against guessing by length (BREACH)."""

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)
