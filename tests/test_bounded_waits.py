"""What a test waits for has an upper bound: a server that is frozen fails one test instead of stopping all of them."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TIMEOUT = {"timeout"}
# What may wait for ever when it is called so, and the argument that would bound it.
CALLS = {
    "subprocess.run": TIMEOUT,
    "subprocess.check_call": TIMEOUT,
    "subprocess.check_output": TIMEOUT,
    "requests.get": TIMEOUT,
    "requests.post": TIMEOUT,
    "requests.request": TIMEOUT,
    "urllib.request.urlopen": TIMEOUT,
    "http.client.HTTPConnection": TIMEOUT,
    "socket.create_connection": TIMEOUT,
    "threading.Barrier": TIMEOUT,
    # One that is left behind would keep the interpreter from ending.
    "threading.Thread": {"daemon"},
    "psycopg2.connect": {"connect_timeout", "BOUNDED"},
}
# Without any argument these wait until the other side is done.
METHODS = {"join", "wait", "result", "communicate"}
# Its `with` waits for every thread; multiprocessing.pool.ThreadPool lets them go and has `get(seconds)`.
NEVER = {"ThreadPoolExecutor"}


def unbounded(source: str) -> list[int]:
    """The lines of calls that nothing bounds."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and waits(node)]


def waits(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    given = {word.arg or ast.unparse(word.value).rpartition(".")[2] for word in call.keywords}
    if name.rpartition(".")[2] in NEVER:
        return True
    if isinstance(call.func, ast.Attribute) and call.func.attr in METHODS:
        return not call.args and "timeout" not in given
    return name in CALLS and not given & CALLS[name]


@pytest.mark.parametrize(
    ("source", "is_bounded"),
    [
        ("thread.join()", False),
        ("thread.join(30)", True),
        ("', '.join(words)", True),
        ("child.wait(timeout=3)", True),
        ("future.result()", False),
        ("subprocess.run(words)", False),
        ("subprocess.run(words, timeout=5)", True),
        ("psycopg2.connect(url, **deadlines.BOUNDED)", True),
        ("psycopg2.connect(url)", False),
        ("threading.Thread(target=work)", False),
        ("threading.Thread(target=work, daemon=True)", True),
        ("ThreadPoolExecutor(3)", False),
    ],
)
def test_an_unbounded_wait_is_recognised(source, is_bounded):
    assert (unbounded(source) == []) is is_bounded


def test_no_test_waits_without_a_bound():
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        for line in unbounded(path.read_text(encoding="utf-8"))
    ]
    assert found == []
