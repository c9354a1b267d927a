"""What nginx lets through is what the portal takes, and what it turns away it answers with the portal's own pages."""

import re
from pathlib import Path

from django.core.management import call_command
from django.urls import reverse

from claims.documents import LIMIT_BYTES
from claims.lifecycle.images import MOST_IMAGES

NGINX = (Path(__file__).resolve().parents[2] / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
MEGABYTE = 1024 * 1024


def test_a_form_without_a_script_may_carry_every_photo_of_a_claim():
    pattern, largest = re.search(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", NGINX).groups()

    assert re.search(pattern, reverse("claims:documents", args=["Y7GBOpssL7x0xJQJytJk6Q"]))
    assert int(largest) * MEGABYTE > MOST_IMAGES * LIMIT_BYTES


def test_its_error_pages_are_the_portals_own(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("write_error_pages", verbosity=0)

    for name in re.findall(r"error_page [\d ]+ /errors/(\S+);", NGINX):
        page = (tmp_path / "errors" / name).read_text(encoding="utf-8")
        assert '<html lang="fa" dir="rtl">' in page
        assert "رفتن به خانه" in page
    assert "۱۵ مگابایت" in (tmp_path / "errors" / "413.html").read_text(encoding="utf-8")
