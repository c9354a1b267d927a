"""A page without what chance writes into it: any three letters may stand in a token."""

import re

_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


def without_tokens(page: str) -> str:
    return _TOKEN.sub(r"\1", page)
