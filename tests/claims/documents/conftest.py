"""A decoder's share of a busy machine may be small: how much it may use is bounded apart from how long it may take."""

import pytest

from claims.documents import isolation
from tests import deadlines


@pytest.fixture(autouse=True)
def _on_a_busy_machine(monkeypatch):
    monkeypatch.setattr(isolation, "WALL_SECONDS", deadlines.PATIENCE)
    monkeypatch.setattr(isolation, "_WAIT_SECONDS", deadlines.PATIENCE)
