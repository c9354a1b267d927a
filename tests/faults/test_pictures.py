"""A picture is its file and its row: a process that dies between them, and a disk that is full."""

import io
import os
import resource
from contextlib import suppress
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
import requests
from PIL import Image

from tests import deadlines
from tests.faults.conftest import files, held, let_grow_old, waiting_for_a_lock

pytestmark = pytest.mark.fault


def rows_of(servers, code):
    return servers.rows(
        "select document.name from claims_document document"
        " join claims_claim claim on claim.id = document.claim_id where claim.code = %s order by 1",
        code,
    )


def test_killed_between_file_and_row_leaves_nothing_that_the_sweep_does_not_take(
    real_servers, member, eventually, assert_whole
):
    code = member.draft()
    rows, before = rows_of(real_servers, code), set(files(real_servers))
    with ThreadPool(1) as pool:
        with held(real_servers, "lock table claims_document in exclusive mode"):
            upload = pool.apply_async(member.upload, (code, "invoice"))
            eventually(lambda: waiting_for_a_lock(real_servers, "(PREPARE|EXECUTE) document"))
            real_servers.web.kill()
        with pytest.raises(requests.RequestException):
            upload.get(deadlines.PATIENCE)
    eventually(lambda: waiting_for_a_lock(real_servers) == 0)
    real_servers.heal()

    orphans = set(files(real_servers)) - before
    assert len(orphans) == 2
    assert rows_of(real_servers, code) == rows
    for orphan in orphans:
        let_grow_old(orphan)
    real_servers.manage(
        "shell", "--no-imports", "--command", "from claims.tasks import sweep_pictures; sweep_pictures()"
    )
    assert set(files(real_servers)) == before
    assert member.submit(code)
    assert_whole(member)


def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(real_servers, member, assert_whole):
    """No file of the web may grow beyond 300 kB: to a program that looks like a disk that takes no more."""
    code = member.draft()
    rows, before = rows_of(real_servers, code), set(files(real_servers))
    limit_files(real_servers.web, 300_000)
    try:
        answer = member.post(
            f"/claims/{code}/documents/", {}, files={"images": ("big.jpg", heavy_photo(), "image/jpeg")}
        )
        assert answer.status_code == 302
        assert "بعداً دوباره تلاش کنید" in member.get(f"/claims/{code}/documents/").text
    finally:
        limit_files(real_servers.web, resource.RLIM_INFINITY)
    assert rows_of(real_servers, code) == rows
    assert set(files(real_servers)) == before
    assert member.upload(code, "other").status_code == 302
    assert len(rows_of(real_servers, code)) == len(rows) + 1
    assert member.submit(code)
    assert_whole(member)


def test_no_room_for_a_file_on_its_way_is_a_sentence_and_loses_nothing_else(
    real_servers, member, assert_whole
):
    """More than a megabyte goes into a temporary file first; here none may grow beyond 900 kB."""
    code = member.draft()
    rows, before = rows_of(real_servers, code), set(files(real_servers))
    limit_files(real_servers.web, 900_000)
    try:
        answer = member.post(
            f"/claims/{code}/documents/",
            {},
            files=[
                ("images", ("huge.jpg", heavy_photo(2000), "image/jpeg")),
                ("images", ("small.jpg", heavy_photo(500), "image/jpeg")),
            ],
        )
        assert answer.status_code == 302
        page = member.get(f"/claims/{code}/documents/").text
        assert "huge.jpg" in page and "بعداً دوباره تلاش کنید" in page
        assert "small.jpg" not in page
    finally:
        limit_files(real_servers.web, resource.RLIM_INFINITY)
    assert len(rows_of(real_servers, code)) == len(rows) + 1
    assert len(set(files(real_servers)) - before) == 2
    assert_whole(member)


def limit_files(part, size: int) -> None:
    leader = str(part.pid)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        # Of all the processes of a machine some end while they are looked at.
        with suppress(FileNotFoundError, ProcessLookupError):
            pid, parent = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()[1]
            if parent == leader:
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def heavy_photo(side: int = 900) -> bytes:
    """Noise compresses badly: its clean image is larger than the limit, what is sent fits in memory."""
    image = Image.frombytes("L", (side, side), os.urandom(side * side)).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
