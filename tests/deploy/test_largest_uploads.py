"""nginx lets through as much as the page behind it takes, and no page takes more than nginx was told."""

import re

import pytest
from django.urls import reverse

from catalog.list_import import LARGEST_LIST
from claims.documents import LIMIT_BYTES
from deploy.local.checkout import ROOT
from portal.lib.archives import LARGEST_FILE

CONF = (ROOT / "deploy" / "nginx" / "portal.conf").read_text(encoding="utf-8")
# The form around the file.
BESIDE = 512 * 1024


def limit_in(text: str) -> int:
    return int(re.search(r"client_max_body_size (\d+)m;", text)[1]) * 1024 * 1024


def location_of(address: str) -> str:
    return re.search(rf"location = {re.escape(address)} {{(.*?)}}", CONF, re.S)[1]


@pytest.mark.parametrize(
    ("name", "largest"),
    [("admin:members_rosterimport_add", LARGEST_FILE), ("admin:catalog_medicalcentre_import", LARGEST_LIST)],
)
def test_a_page_for_large_files_has_a_limit_of_its_own(name, largest):
    location = location_of(reverse(name))
    assert largest + BESIDE <= limit_in(location) <= largest * 1.1
    assert "portal-proxy.conf" in location


def test_everything_else_is_bounded_by_a_picture():
    assert LIMIT_BYTES + BESIDE <= limit_in(CONF) <= LIMIT_BYTES * 1.1
