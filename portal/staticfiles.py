"""Static files as they are served: the stylesheets put together, names with a checksum, compressed once.

There is no build: in development the browser follows the @import lines itself.
"""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/portal.css", "css/member.css", "css/admin.css", "css/staff.css")

# django-jalali brings a jQuery UI that names pictures it does not have; our pages never load it.
UNUSED = "admin/jquery.ui.datepicker.jalali/"

_IMPORT = re.compile(r'@import\s+"([^"]+)"\s*;')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r'url\("(?!/|#|data:)([^"]+)"\)')


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Writes each bundle as one small file before names get their checksums."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        for name in [name for name in paths if name.startswith(UNUSED)]:
            del paths[name]
        if not dry_run:
            for name in BUNDLES:
                if name in paths:
                    # Always from the sources: the collected copy may hold an older bundle.
                    whole = squeezed(put_together(paths, name))
                    self.delete(name)
                    self._save(name, ContentFile(whole.encode()))
                    paths[name] = (self, name)
        return super().post_process(paths, dry_run, **options)


def put_together(paths, name: str) -> str:
    """The stylesheet `name` with every stylesheet it imports in place of the import."""
    storage, path = paths[name]
    with storage.open(path) as source:
        text = source.read().decode()
    folder = PurePosixPath(name).parent

    def imported(match):
        inner = _joined(folder, match[1])
        text = put_together(paths, inner)
        here = PurePosixPath(inner).parent
        return _URL.sub(lambda url: f'url("{_relative(_joined(here, url[1]), folder)}")', text)

    return _IMPORT.sub(imported, text)


def squeezed(css: str) -> str:
    """Without comments and needless blanks; our stylesheets hold no strings in which either would count."""
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").strip()


def _joined(folder, relative: str) -> str:
    parts = []
    for part in (folder / relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _relative(path: str, folder) -> str:
    ups = len(PurePosixPath(folder).parts)
    return "../" * ups + path
