"""The agreed pairs of typed and stored values, shared by the tests of this folder."""

import json
from pathlib import Path

import pytest

VECTORS = json.loads(Path(__file__).with_name("test_vectors.json").read_text(encoding="utf-8"))


def each(kind, *names):
    """Parametrises a test with the named parts of every vector of a kind."""
    return pytest.mark.parametrize(names, [tuple(vector[name] for name in names) for vector in VECTORS[kind]])
