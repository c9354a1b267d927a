"""Lengths and parts as carriers count them, placeholders, and the last line of a text."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from notifications import texts
from notifications.models import MessageTemplate
from notifications.templates_seed import register_templates

VECTORS = json.loads((Path(__file__).parent / "length_vectors.json").read_text(encoding="utf-8"))


def text_of(vector):
    if vector["text"] is not None:
        return vector["text"]
    letter, times = vector["repeat"]
    return letter * times


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['encoding']}-{vector['units']}")
def test_parts_are_counted_as_the_carriers_bill_them(vector):
    text = text_of(vector)
    assert texts.encoding(text) == vector["encoding"]
    assert texts.units(text) == vector["units"]
    assert texts.parts(text) == vector["parts"]


def test_a_brace_counts_twice_and_an_emoji_as_two_units():
    assert texts.units("a{b}") == 6
    assert texts.units("سلام 🙂") == 7


def test_placeholders_are_filled_and_nothing_else_is_reachable_through_them():
    assert texts.fill("کد {number} و {other.__class__}", {"number": 5}) == "کد 5 و {other.__class__}"


def test_a_value_that_is_missing_is_the_callers_mistake():
    with pytest.raises(KeyError):
        texts.fill("کد {number}", {})


def test_the_code_line_is_the_last_one(settings):
    settings.PUBLIC_HOST = "portal.example.ir"
    assert texts.with_code_line("کد تأیید: 482913", "482913").splitlines()[-1] == "@portal.example.ir #482913"


def template(**changes):
    fields = {"kind": "k", "title": "t", "text": "کد {number}", "placeholders": ["number"]}
    return MessageTemplate(**fields | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "سلام {name}"}, "text"),
        ({"is_secret": True, "placeholders": ["code"], "text": "سلام"}, "text"),
        ({"provider_templates": {"smsir": {"parameters": []}}}, "provider_templates"),
        ({"provider_templates": {"smsir": {"template": "1", "parameters": ["name"]}}}, "provider_templates"),
    ],
)
def test_a_text_that_could_not_be_sent_is_refused_with_its_reason(changes, field):
    with pytest.raises(ValidationError) as raised:
        template(**changes).clean()
    assert field in raised.value.message_dict


def test_a_good_text_is_accepted():
    template(provider_templates={"kavenegar": {"template": "x", "parameters": [["token", "number"]]}}).clean()


@pytest.mark.django_db
def test_bringing_the_texts_again_keeps_what_staff_edited(kinds):
    row = MessageTemplate.objects.get(kind="test_notice")
    row.text = "ثبت شد: {number}"
    row.save()
    register_templates([{"kind": "test_notice", "title": "x", "text": "y", "placeholders": []}])
    row.refresh_from_db()
    assert row.text == "ثبت شد: {number}"
