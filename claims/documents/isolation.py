"""Runs the costly decoders in a process of their own, bounded in memory and time.

A hostile file can end that process, not the one that serves the members.
"""

import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PIL import Image

from claims.documents import decoding
from claims.documents.decoding import Unreadable

WALL_SECONDS = 25
_WAIT_SECONDS = 30
_HEADER = struct.Struct(">II")

# One at a time in each web process: what they use together stays known, and pdfium may not be shared anyway.
_turn = threading.Lock()


def pictures(stream: bytes, *, kind: str) -> Iterator[Image.Image]:
    """As `decoding.pictures`, elsewhere."""
    if not _turn.acquire(timeout=_WAIT_SECONDS):
        raise Unreadable("busy")
    try:
        with tempfile.TemporaryFile() as source:
            source.write(stream)
            source.seek(0)
            yield from _run(source, kind=kind)
    finally:
        _turn.release()


def _run(source: IO[bytes], *, kind: str) -> Iterator[Image.Image]:
    # -I and the bare environment keep our settings and secrets out of a process that strangers' bytes drive.
    command = [sys.executable, "-I", str(Path(decoding.__file__)), kind]
    environment = {"MALLOC_ARENA_MAX": "1", "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}
    child = subprocess.Popen(
        command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd="/"
    )
    deadline = threading.Timer(WALL_SECONDS, child.kill)
    deadline.daemon = True
    deadline.start()
    try:
        yield from _received(child.stdout)
        if child.wait() != 0:
            raise Unreadable("too_complex")
    finally:
        deadline.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _received(pipe: IO[bytes]) -> Iterator[Image.Image]:
    while mark := pipe.read(1):
        if mark == b"R":
            raise Unreadable(pipe.read().decode("ascii"))
        size = _HEADER.unpack(_exactly(pipe, _HEADER.size))
        yield Image.frombytes("RGB", size, _exactly(pipe, size[0] * size[1] * 3))


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    content = pipe.read(count)
    if len(content) != count:
        raise Unreadable("too_complex")
    return content
