"""Our templates without what makes them readable, indentation and lines of tags: they would travel with every page."""

import re

from django.template.loaders import filesystem

_INDENT = re.compile(r"\n\s+")
# A line that holds nothing but such tags draws nothing; those that draw keep their line, and words stay apart.
_TAG = r"\{% (?:if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|load)\b[^%]*%\}|\{#[^\n]*?#\}"
_LINE_OF_TAGS = re.compile(rf"^((?:{_TAG})+)\n", re.MULTILINE)


class Loader(filesystem.Loader):
    """Squeezes what we wrote, once per process; what people typed comes later and stays as it is."""

    def get_contents(self, origin):
        return _LINE_OF_TAGS.sub(r"\1", _INDENT.sub("\n", super().get_contents(origin)))
