"""The shape of the house: imports go down only, and what may be written has one writer."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = {"catalog", "claims", "members", "notifications"}
MAY_IMPORT = {
    "catalog": set(),
    "notifications": set(),
    "members": {"catalog", "notifications"},
    "claims": {"catalog", "members", "notifications"},
}
WRITES = {"create", "acreate", "get_or_create", "update_or_create", "bulk_create", "update", "aupdate"}


def modules(package):
    files = sorted((ROOT / package).rglob("*.py"))
    assert files, f"there is no package {package}"
    return [file for file in files if "migrations" not in file.parts]


def tree_of(file):
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imported(file):
    """Full names of what a module imports, relative ones made absolute."""
    package = list(file.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def ours(name):
    return name.split(".")[0] in APPS | {"portal"}


def is_lib(name):
    return f"{name}.".startswith("portal.lib.")


def places(found):
    return sorted(f"{file.relative_to(ROOT)}: {what}" for file, what in found)


@pytest.mark.parametrize("app", sorted(APPS))
def test_an_app_imports_only_what_lies_below_it(app):
    allowed = MAY_IMPORT[app] | {app}
    wrong = [
        (file, name)
        for file in modules(app)
        for name in imported(file)
        if ours(name) and not is_lib(name) and name.split(".")[0] not in allowed
    ]
    assert places(wrong) == []


def test_the_leaf_imports_nothing_of_ours():
    wrong = [
        (file, name)
        for file in modules("portal/lib")
        for name in imported(file)
        if ours(name) and not is_lib(name)
    ]
    assert places(wrong) == []


def test_the_tools_stay_outside_the_portal():
    wrong = [
        (file, name)
        for package in sorted(APPS | {"portal"})
        for file in modules(package)
        for name in imported(file)
        if name.split(".")[0] in {"benchmarks", "deploy", "tests"}
    ]
    assert places(wrong) == []


def sets_a_status(node):
    """`claim.status = …`, `setattr(claim, "status", …)`, `.update(status=…)`, `Claim(status=…)`."""
    if isinstance(node, ast.Attribute):
        return node.attr == "status" and isinstance(node.ctx, ast.Store | ast.Del)
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "setattr":
        return len(node.args) > 1 and getattr(node.args[1], "value", "") == "status"
    return called in WRITES | {"Claim"} and any(word.arg == "status" for word in node.keywords)


def is_lifecycle(file):
    """One module, or a package with the same face."""
    return file.relative_to(ROOT).with_suffix("").parts[:2] == ("claims", "lifecycle")


def test_only_the_lifecycle_changes_the_status_of_a_claim():
    writers = [
        (file, f"line {node.lineno}")
        for package in ("claims", "portal")
        for file in modules(package)
        if not is_lifecycle(file)
        for node in ast.walk(tree_of(file))
        if sets_a_status(node)
    ]
    assert places(writers) == []


def creates_a_message(node):
    """`Message(…)` and every `Message.objects.create(…)` of whatever kind."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id == "Message"
    names = {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(node.func)}
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES - {"update", "aupdate"}
        and ("Message" in names or "messages" in names)
    )


def test_only_the_outbox_creates_messages():
    writers = [
        (file, f"line {node.lineno}")
        for package in sorted(APPS)
        for file in modules(package)
        if file != ROOT / "notifications" / "outbox.py"
        for node in ast.walk(tree_of(file))
        if creates_a_message(node)
    ]
    assert places(writers) == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("claim.status = Claim.Status.PAID", True),
        ("claim.status: str = 'paid'", True),
        ("Claim.objects.filter(pk=1).update(status='paid')", True),
        ("Claim.objects.create(owner=owner, status='paid')", True),
        ("setattr(claim, 'status', 'paid')", True),
        ("Claim.objects.filter(status='paid')", False),
        ("JsonResponse({}, status=404)", False),
        ("waits = claim.status == 'paid'", False),
    ],
)
def test_the_search_for_writers_of_a_status_finds_them(line, is_found):
    assert any(sets_a_status(node) for node in ast.walk(ast.parse(line))) is is_found


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("Message(to=number).save()", True),
        ("Message.objects.create(to=number)", True),
        ("user.messages.get_or_create(key='k')", True),
        ("Message.objects.filter(key='k').update(state='sent')", False),
        ("Message.objects.filter(key='k')", False),
    ],
)
def test_the_search_for_makers_of_messages_finds_them(line, is_found):
    assert any(creates_a_message(node) for node in ast.walk(ast.parse(line))) is is_found
