"""The benchmarks' own harness, at its smallest: no figure is judged here."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import goals, rounds
from benchmarks.__main__ import PARTS
from tests import deadlines


def test_sides_take_turns_and_a_ratio_is_of_one_round():
    seen = []

    def side(name, figure):
        def run():
            seen.append(name)
            return {"ms": figure * len(seen)}

        return run

    found = rounds.interleaved({"ours": side("ours", 1), "peer": side("peer", 2)}, rounds=1, warm=False)

    assert seen[:2] == ["ours", "peer"]
    assert found.ratios("ours", "peer", "ms")[0] < 1


def test_a_round_on_a_drifting_machine_is_voided(monkeypatch):
    speeds = iter([1.0, 2.0, 1.0, 1.1])
    monkeypatch.setattr(rounds, "spin", lambda: next(speeds))

    found = rounds.interleaved({"ours": lambda: {"ms": 1.0}}, rounds=1, warm=False)

    assert (len(found.kept), found.voided) == (1, 1)


def test_a_machine_that_never_settles_is_told(monkeypatch):
    speeds = iter([1.0, 2.0] * 20)
    monkeypatch.setattr(rounds, "spin", lambda: next(speeds))

    with pytest.raises(rounds.Unsteady):
        rounds.interleaved({"ours": lambda: {"ms": 1.0}}, rounds=1, warm=False)


@pytest.mark.parametrize(("values", "reached"), [([0.4, 0.3, 0.9], "goal"), ([0.5], "must"), ([0.7], "NO")])
def test_the_median_is_what_is_judged(values, reached):
    row = goals.row("G1", "wizard", values, must=0.6, best=0.4)

    assert row.reached == reached
    assert reached in goals.table([row])


def test_more_can_be_better():
    assert goals.row("G15", "pictures", [1.5], must=1.4, best=2.0, more_is_better=True).reached == "must"


def test_an_unknown_part_is_told_before_anything_starts():
    answer = bench(ONLY="journey,no-such-part")

    assert answer.returncode == 1
    assert "There is no part no-such-part" in answer.stderr


@pytest.mark.django_db
def test_one_part_runs_from_beginning_to_end_and_leaves_no_database(tmp_path):
    """`sql` is the smallest that needs everything: databases, people, pages and the table."""
    before = databases_of_benchmarks()

    answer = bench(ONLY="sql", PORTAL_VAR=str(tmp_path), DATABASE_URL=address())

    assert answer.returncode == 0, answer.stderr
    assert {row["goal"] for row in json.loads((tmp_path / "bench.json").read_text())} == {"G2"}
    assert databases_of_benchmarks() <= before


def test_every_part_has_its_module():
    for module, _ in PARTS.values():
        assert (settings.BASE_DIR / "benchmarks" / f"{module}.py").is_file()


def bench(**env):
    command = [sys.executable, "-m", "benchmarks"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment | env,
        capture_output=True,
        text=True,
        timeout=deadlines.PATIENCE,
    )


def databases_of_benchmarks() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_%%'", [])
        return {name for (name,) in cursor.fetchall()}


def address() -> str:
    given = connection.settings_dict
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
