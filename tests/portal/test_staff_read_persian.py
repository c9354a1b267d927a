"""No page of the staff speaks English: Django's own words have ours in their place where its catalogue has none."""

import gettext
import html
import json
import re
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.urls import NoReverseMatch, reverse
from django.utils.translation.trans_real import translation

from catalog.models import Reason
from deploy.local.checkout import ROOT
from members import discrepancies
from notifications.models import ProviderHealth
from portal.lib import dates
from tests import cast as people

CATALOGUE = ROOT / "portal" / "locale" / "fa" / "LC_MESSAGES"
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’]{2,}")
# Names: of the tests' rows, of files, of apps on a phone, and of fields in Django's answer to a forged form.
NAMES = {
    "TEST", "maryam", "example", "reviewer", "boss", "xlsx", "xls", "csv", "Google", "Authenticator", "FreeOTP",
    "TOTAL", "FORMS", "INITIAL", "ManagementForm", "enrolments", "plans", "requireddocument", "set", "tamin",
    "group", "basics", "Control", "Command", "Mac",
}  # fmt: skip
# Texts of messages have a name each, and their providers too.
LEFT_OUT = {"messagetemplate", "message", "providerhealth"}

# Django's words, where ours are others.
FOREIGN = ("گذرواژه", "گذر واژه", "گذرنامه", "کلمه عبور", "تائید", "تایید", "لطفا ")

pytestmark = pytest.mark.django_db


def english(page: str) -> set[str]:
    page = re.sub(r"<(script|style|svg|bdi)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.S)
    said = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', page)
    said += re.findall(r'<input[^>]*type="submit"[^>]*value="([^"]*)"', page)
    said.append(re.sub(r"<[^>]+>", " ", page))
    return set(ENGLISH.findall(html.unescape(" ".join(said)))) - NAMES


@pytest.fixture
def boss(client, cast):
    Reason.objects.create(code="1", kind="deficiency", section="basics", title="نمونه")
    discrepancies.report(cast.maryam, subject="person", text="نام پدر")
    boss = people.make_staff("boss", "مدیر", is_superuser=True)
    client.force_login(boss)
    return boss


def pages():
    """Lists and forms of every model, empty and refused, and what is asked before a row is deleted."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model.objects.first()
        for view in ("changelist", "add", "change", "history", "delete"):
            of_row = row and view in ("change", "history", "delete")
            try:
                yield reverse(f"{name}_{view}", args=[row.pk] if of_row else [])
            except NoReverseMatch:
                continue


def test_no_page_of_the_staff_speaks_english(client, boss, cast):
    found, foreign = {}, {}
    more = [
        f"/admin/members/user/{cast.reviewer.pk}/password/",
        "/admin/password_change/",
        "/admin/colleagues/",
    ]
    for address in [*pages(), *more, "/admin/"]:
        if any(f"/{model}/" in address for model in LEFT_OUT):
            continue
        for answer in (client.get(address), client.post(address, {"password1": "a", "new_password1": "a"})):
            if answer.status_code != 200:
                continue
            page = answer.content.decode()
            if words := english(page):
                found[address] = words
            if words := [word for word in FOREIGN if word in page]:
                foreign[address] = words
    assert not found
    assert not foreign


def test_no_word_of_django_stands_beside_ours():
    known = [name for name, _ in translation("fa")._catalog.items()]
    words = [str(translation("fa")._catalog[name]) for name in known]
    assert len(words) > 500 and not [word for word in words if "گذرواژه" in word]


def test_a_group_that_is_deleted_names_who_loses_it(client, boss, cast):
    group = cast.reviewer.groups.get()
    page = client.get(f"/admin/auth/group/{group.pk}/delete/").content.decode()
    assert "عضو گروه: نگار سهرابی" in page and "عضوهای گروه: ۱" in page
    client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})
    assert not cast.reviewer.groups.exists()


def test_an_entry_of_the_access_log_is_headed_by_who_and_when(client, boss, cast):
    client.get(f"/admin/members/person/{cast.maryam.person_id}/change/")
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    page = client.get(f"/admin/auditlog/logentry/{entry.pk}/change/").content.decode()
    assert f"<h2>مدیر، {dates.moment(entry.timestamp)}</h2>" in page


def test_how_a_provider_does_is_told_in_jalali_moments(client, boss):
    provider = ProviderHealth.objects.create(provider="demo", accepted=12)
    page = client.get(f"/admin/notifications/providerhealth/{provider.pk}/change/").content.decode()
    assert "۱۲ پذیرفته، ۰ ناموفق، ۰ کند" in page
    assert dates.moment(provider.window_began_at) in page


def test_a_constraint_that_is_violated_is_told_in_persian():
    from django.db.models import CheckConstraint, Q

    told = CheckConstraint(condition=Q(pk__gt=0), name="any").get_violation_error_message()
    assert not ENGLISH.search(told)


def test_a_password_of_the_staff_is_set_and_never_taken_away(client, boss, cast):
    address = f"/admin/members/user/{cast.reviewer.pk}/password/"
    refused = client.post(address, {"usable_password": "false", "unset-password": "1"})
    assert set(refused.context["form"].errors) == {"password1", "password2"}
    different = client.post(address, {"password1": "Steady-kettle-19", "password2": "Steady-kettle-91"})
    assert different.context["form"].errors == {"password2": ["رمز عبور و تکرار آن یکسان نیست."]}
    common = client.post(address, {"password1": "password12", "password2": "password12"})
    assert "رایج" in str(common.context["form"].errors)
    done = client.post(address, {"password1": "Steady-kettle-19", "password2": "Steady-kettle-19"})
    assert done.status_code == 302
    cast.reviewer.refresh_from_db()
    assert cast.reviewer.check_password("Steady-kettle-19")


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_compiled_catalogue_says_what_the_words_say(name):
    """After a change of a catalogue: msgfmt --output-file=NAME.mo NAME.po"""
    words = (CATALOGUE / f"{name}.po").read_text(encoding="utf-8").split('msgid ""', 1)[1]
    written = re.findall(r'^msgstr(?:\[[01]\])? "(.+)"$', words, re.M)
    with (CATALOGUE / f"{name}.mo").open("rb") as file:
        compiled = [
            text for text in gettext.GNUTranslations(file)._catalog.values() if "Project-Id" not in text
        ]
    assert sorted(compiled) == sorted(written)


@pytest.mark.parametrize("script", ["SelectFilter2", "actions"])
def test_djangos_scripts_speak_persian(client, boss, script):
    source = Path(finders.find(f"admin/js/{script}.js")).read_text(encoding="utf-8")
    said = re.findall(r"gettext\(\s*(['\"])(.+?)\1\s*[,)]", source)
    known = client.get("/admin/jsi18n/").content.decode()
    assert said
    for _, words in said:
        told = re.search(rf"^\s*{re.escape(json.dumps(words))}: (.+)$", known, re.M)
        assert told and not ENGLISH.search(re.sub(r"%(?:\(\w+\))?s", "", told[1])), words
