"""The rules that keep one hand visible on every page: tokens, logical properties, nothing inline."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|max-width|min-width|max-height|min-height|float)\s*:",
    re.MULTILINE,
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")


def name(path):
    return str(path.relative_to(ROOT))


def rules(path):
    return re.sub(r"/\*.*?\*/|@media[^{]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_stylesheet_takes_its_colours_from_the_tokens(sheet):
    if sheet.name != "tokens.css":
        assert COLOUR.findall(rules(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_stylesheet_knows_no_left_and_right_no_ids_and_no_shouting(sheet):
    text = rules(sheet)
    if sheet.parent.name == "django":
        text = text.replace("float: none;", "")
    assert PHYSICAL.findall(text) == []
    assert "!important" not in text
    # Django names the parts of its own admin by ids; only over those can another id prevail.
    if sheet.parent.name != "django":
        assert re.findall(r"#[a-z][\w-]*[^;{}]*\{", text) == []


def test_every_component_sheet_is_part_of_the_members_stylesheets():
    sheets = (CSS / "portal.css").read_text(encoding="utf-8") + (CSS / "member.css").read_text(
        encoding="utf-8"
    )
    named = re.findall(r'@import "([^"]+)"', sheets)
    there = {f"components/{sheet.name}" for sheet in (CSS / "components").glob("*.css")}
    assert there <= set(named)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_holds_no_inline_style_or_script(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<[a-z][^>]*\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text()))
    wanted = set()
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        wanted |= set(re.findall(r'\{% icon "([^"]+)"', text))
        wanted |= set(re.findall(r'icon_name(?:=|\|default:)"([^"]+)"', text))
    assert wanted - sprite == set()


@pytest.mark.parametrize("template", sorted((ROOT / "templates" / "components").glob("*.html")), ids=name)
def test_a_component_says_what_it_needs(template):
    assert "{#" in "".join(template.read_text(encoding="utf-8").splitlines(keepends=True)[:2])


def test_vendored_files_are_the_ones_that_were_taken():
    vendor = ROOT / "static" / "vendor"
    lines = (vendor / "SHA256SUMS").read_text().splitlines()
    for line in lines:
        checksum, path = line.split()
        assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == checksum, path
    assert len(lines) == len([path for path in vendor.rglob("*") if path.is_file()]) - 2
