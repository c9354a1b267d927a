"""What no address of ours can mean is taken out of it before anything reads it."""

import re

NUL = re.compile(r"%00|\x00")


class WithoutNulMiddleware:
    """No text of PostgreSQL holds a NUL: a search for one is a search for nothing, not a failure.

    Forms refuse it in what is posted; a query is read in many places, so it is cleaned in this one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        while NUL.search(query):
            # What stood around it may make a new one.
            query = request.META["QUERY_STRING"] = NUL.sub("", query)
        return self.get_response(request)
