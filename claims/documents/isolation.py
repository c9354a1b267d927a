"""Runs the costly decoders in a process of their own, bounded in memory and time.

A hostile file can end that process, not the one that serves the members.
"""

import logging
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from PIL import Image

from claims.documents import decoding
from claims.documents.decoding import Unreadable

logger = logging.getLogger(__name__)

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
        yield from _run(stream, kind=kind)
    finally:
        _turn.release()


def _run(stream: bytes, *, kind: str) -> Iterator[Image.Image]:
    child = _started(kind)
    deadline = threading.Timer(WALL_SECONDS, child.kill)
    deadline.daemon = True
    deadline.start()
    try:
        # It reads to the end before it answers, so neither waits for the other.
        with suppress(BrokenPipeError), child.stdin as pipe:
            pipe.write(stream)
        yield from _received(child.stdout)
        if child.wait() != 0:
            logger.warning("The decoder of a %s ended with %s.", kind, child.returncode)
            raise Unreadable("too_complex")
    finally:
        deadline.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _started(kind: str) -> subprocess.Popen:
    # -I and the bare environment keep our settings and secrets out of a process that strangers' bytes drive.
    return subprocess.Popen(
        [sys.executable, "-I", str(Path(decoding.__file__)), kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"MALLOC_ARENA_MAX": "1", "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")},
        cwd="/",
    )


def _received(pipe: IO[bytes]) -> Iterator[Image.Image]:
    """Ends early when the child does; its exit code tells."""
    while mark := pipe.read(1):
        if mark == b"R":
            raise Unreadable(pipe.read().decode("ascii"))
        header = pipe.read(_HEADER.size)
        size = _HEADER.unpack(header) if len(header) == _HEADER.size else (0, 0)
        pixels = pipe.read(size[0] * size[1] * 3)
        if not pixels or len(pixels) != size[0] * size[1] * 3:
            return
        yield Image.frombytes("RGB", size, pixels)
