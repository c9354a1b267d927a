"""A file that drives a decoder mad ends that decoder's process; ours goes on and the member reads a sentence."""

import io
import threading

import pytest

from claims import documents
from claims.documents import isolation
from tests import deadlines
from tests.claims.documents import files


def code_of(content):
    with pytest.raises(documents.FileRefused) as caught:
        documents.clean(io.BytesIO(content))
    return caught.value.code


def test_a_pdf_that_asks_for_billions_of_strokes_ends_within_its_means():
    # Packed so that no counting beforehand reads it.
    assert code_of(files.nested_pdf(packed="hex")) == "too_complex"
    assert documents.clean(io.BytesIO(files.pdf()))


def test_a_decoder_that_never_ends_is_killed(monkeypatch):
    monkeypatch.setattr(isolation, "WALL_SECONDS", 0)
    assert code_of(files.pdf()) == "too_complex"


def test_a_decoder_killed_in_the_middle_leaves_no_half_document(monkeypatch):
    received = isolation._received

    def cut(pipe):
        return received(io.BytesIO(pipe.read()[:-100]))

    monkeypatch.setattr(isolation, "_received", cut)
    monkeypatch.setattr(isolation.subprocess.Popen, "wait", lambda self, timeout=None: -9)
    assert code_of(files.pdf(2)) == "too_complex"


def test_the_decoder_knows_none_of_our_secrets(monkeypatch):
    seen = {}
    start = isolation.subprocess.Popen

    def spy(*args, **kwargs):
        seen.update(kwargs["env"])
        return start(*args, **kwargs)

    monkeypatch.setenv("SECRET_KEY", "known to the portal alone")
    monkeypatch.setattr(isolation.subprocess, "Popen", spy)
    documents.clean(io.BytesIO(files.heic()))
    assert set(seen) <= {"MALLOC_ARENA_MAX", "LD_LIBRARY_PATH"}


def test_costly_files_wait_for_one_another_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(isolation, "_WAIT_SECONDS", 0.01)
    with isolation._turn:
        assert code_of(files.pdf()) == "busy"
        assert documents.clean(io.BytesIO(files.saved(files.marked())))
    assert documents.clean(io.BytesIO(files.pdf()))


def test_many_pdfs_at_once_all_come_out_whole():
    counts = []
    content = files.pdf(2)
    threads = [
        threading.Thread(target=lambda: counts.append(len(documents.clean(io.BytesIO(content)))), daemon=True)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(deadlines.PATIENCE)
    assert counts == [2] * 4
