"""Our templates without the indentation that makes them readable: it would travel with every page."""

import re

from django.template.loaders import filesystem

_INDENT = re.compile(r"\n\s+")


class Loader(filesystem.Loader):
    """Squeezes what we wrote, once per process; what people typed comes later and stays as it is."""

    def get_contents(self, origin):
        return _INDENT.sub("\n", super().get_contents(origin))
