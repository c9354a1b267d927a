"""How often a PDF asks for something to be drawn, counted from its text: forms that draw forms multiply.

A few hundred bytes can ask for billions of strokes. What is written in ways not read here is left to the limits
of the isolated decoder.
"""

import base64
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from claims.documents.decoding import Unreadable

LIMIT_DRAWS = 20_000
LIMIT_DEPTH = 40
_LIMIT_OBJECTS = 6_000
# All that is read and unpacked for counting, each time anew; beyond it nothing more is.
_MOST_TEXT = 2 * 2**20
# No dictionary of a page or a form, and no drawing of a form, is longer.
_LONGEST = 64 * 1024

_NUMBER = re.compile(rb"(\d{1,7})\s{1,4}\d{1,5}\s{0,4}$")
_REFERENCE = rb"(\d{1,7})\s{1,4}\d{1,5}\s{1,4}R\b"
_IS_DRAWN = re.compile(rb"/Subtype\s{0,4}/Form\b|/Type\s{0,4}/Page\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]{1,100})\s{1,4}" + _REFERENCE)
_RESOURCES = re.compile(rb"/(?:Resources|XObject)\s{1,4}" + _REFERENCE)
_CONTENTS = re.compile(rb"/Contents\s{0,4}\[?((?:\s{0,4}\d{1,7}\s{1,4}\d{1,5}\s{1,4}R\b){1,200})")
_REFERENCES = re.compile(_REFERENCE)
_DRAW = re.compile(rb"/([^\s/<>\[\]()%]{1,100})\s{1,4}Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FIRST = re.compile(rb"/First\s{1,4}(\d{1,7})")


def check(content: bytes) -> None:
    if b"/XObject" not in content and b"/ObjStm" not in content:
        return
    # Each object begins and ends with the word.
    if content.count(b"obj") > 2 * _LIMIT_OBJECTS:
        raise Unreadable("too_complex")
    _Pdf(content).check()


class _Pdf:
    def __init__(self, content: bytes) -> None:
        self._left = _MOST_TEXT
        # By number, each with every version that stands in the file: which one counts, only a reader knows.
        self._objects: dict[int, list[tuple[bytes, bytes]]] = {}
        self._weights: dict[int, int] = {}
        for number, head, body in _objects(content):
            self._add(number, head, body)

    def check(self) -> None:
        for number in list(self._objects):
            self._weight(number, depth=0)

    def _add(self, number: int, head: bytes, body: bytes) -> None:
        self._objects.setdefault(number, []).append((head, body))
        if b"/ObjStm" in head:
            for inner, text in self._packed(head, body):
                self._objects.setdefault(inner, []).append((text, b""))

    def _packed(self, head: bytes, body: bytes) -> Iterator[tuple[int, bytes]]:
        """The objects without a stream that stand packed together: number and place of each, then all of them."""
        first = _FIRST.search(head)
        text = self._plain(head, body)
        if not first or not text:
            return
        start = int(first[1])
        numbers = [int(one) for one in text[: min(start, _LONGEST)].split() if one.isdigit() and len(one) < 8]
        places = list(zip(numbers[::2], numbers[1::2], strict=False))
        for (number, place), (_, end) in zip(places, [*places[1:], (0, len(text))], strict=True):
            yield number, self._taken(text[start + place : start + min(end, place + _LONGEST)])

    def _plain(self, head: bytes, body: bytes) -> bytes:
        body = self._taken(body[:_LONGEST].lstrip(b"\r\n"))
        try:
            if b"/ASCII85Decode" in head:
                body = base64.a85decode(body.partition(b"~>")[0])
            if b"/FlateDecode" not in head or not self._left:
                return body
            return self._taken(zlib.decompressobj().decompress(body, self._left))
        except (ValueError, zlib.error):
            return b""

    def _taken(self, text: bytes) -> bytes:
        text = text[: self._left]
        self._left -= len(text)
        return text

    def _weight(self, number: int, *, depth: int) -> int:
        """How much is drawn when this is; what draws itself counts once, as readers break the circle."""
        if number in self._weights:
            return self._weights[number]
        if depth > LIMIT_DEPTH:
            raise Unreadable("too_complex")
        self._weights[number] = 0
        versions = self._objects.get(number, ())
        weight = max((self._drawn(head, body, depth) for head, body in versions), default=0)
        if weight > LIMIT_DRAWS:
            raise Unreadable("too_complex")
        self._weights[number] = weight
        return weight

    def _drawn(self, head: bytes, body: bytes, depth: int) -> int:
        if not _IS_DRAWN.search(head):
            return 0
        head = self._taken(head)
        children = {
            _spelled(name): int(number)
            for text in self._resources(head)
            for name, number in _NAMED.findall(text)
        }
        counts = Counter(map(_spelled, _DRAW.findall(b"\n".join(self._contents(head, body)))))
        return sum(
            times * (1 + self._weight(children[name], depth=depth + 1))
            for name, times in counts.items()
            if name in children
        )

    def _resources(self, head: bytes) -> Iterator[bytes]:
        """Its own dictionary, and those it refers to for its resources."""
        yield head
        for text in self._referred(head):
            yield text
            yield from self._referred(text)

    def _referred(self, text: bytes) -> Iterator[bytes]:
        for number in _RESOURCES.findall(text):
            yield from (self._taken(one) for one, _ in self._objects.get(int(number), ()))

    def _contents(self, head: bytes, body: bytes) -> Iterator[bytes]:
        yield self._plain(head, body)
        found = _CONTENTS.search(head)
        for number in _REFERENCES.findall(found[1]) if found else ():
            for text, stream in self._objects.get(int(number), ()):
                yield self._plain(text, stream)


def _spelled(name: bytes) -> bytes:
    """`#46` is another way to write `F`."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name)


def _objects(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, dictionary and stream of each object, as they follow one another in the file."""
    number, start = None, 0
    while True:
        end = content.find(b"obj", start)
        if number is not None:
            yield number, *_parts(content, start, end if end >= 0 else len(content))
        if end < 0:
            return
        found = _NUMBER.search(content, max(start, end - 20), end)
        # `endobj`, or letters in the middle of a picture, begin nothing.
        number, start = (int(found[1]) if found else None), end + 3


def _parts(content: bytes, start: int, end: int) -> tuple[bytes, bytes]:
    stream = content.find(b"stream", start, min(end, start + _LONGEST))
    if stream < 0:
        return content[start : min(end, start + _LONGEST)], b""
    return content[start:stream], content[stream + 6 : end]
