"""«مغایرت‌های اعلام‌شده»: a member reports, sees the state, and reads the answer."""

import re
from html import unescape

import pytest

from members import discrepancies
from members.models import Discrepancy
from notifications.models import Message
from tests import cast as people


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


@pytest.fixture
def report(cast):
    return {
        "subject": "cover",
        "person": str(cast.child.pk),
        "text": "پايان پوشش نادرست است.",
        "about": "/cases/",
    }


def test_a_report_is_kept_with_person_contract_and_page(client, maryam, cast, report):
    assert client.post("/discrepancies/new/", report).url == "/discrepancies/"
    row = Discrepancy.objects.get()
    assert (row.user, row.person, row.contract, row.about) == (maryam, cast.child, cast.contract, "/cases/")
    assert row.text == "پایان پوشش نادرست است."
    page = client.get("/discrepancies/").content.decode()
    assert "در انتظار بررسی" in page and "آوا" in page


def test_a_link_from_any_page_prepares_the_form(client, maryam, cast):
    form = client.get(f"/discrepancies/new/?subject=case&person={cast.child.pk}&about=/cases/").context[
        "form"
    ]
    assert (form["subject"].value(), form["about"].value()) == ("case", "/cases/")
    assert form["person"].value() == str(cast.child.pk)


@pytest.mark.parametrize(("page", "subject"), [("/account/", "person"), ("/contract/", "cover")])
def test_pages_with_the_insurers_data_lead_to_a_report_about_themselves(client, maryam, page, subject):
    shown = client.get(page).content.decode()
    link = re.search(r'href="(/discrepancies/new/[^"]*)">گزارش مغایرت', shown)[1]
    form = client.get(unescape(link)).context["form"]
    assert (form["subject"].value(), form["about"].value()) == (subject, page)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", ""),
        ("subject", "activation"),
        ("text", ""),
        ("text", "x" * 10_000),
        ("person", "999999999"),
        ("person", "x\x00"),
        ("about", "x" * 10_000),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(client, maryam, report, field, typed):
    answer = client.post("/discrepancies/new/", report | {field: typed})
    assert field in answer.context["form"].errors
    assert not Discrepancy.objects.exists()


def test_a_strangers_person_cannot_be_named(client, maryam, cast, report):
    answer = client.post("/discrepancies/new/", report | {"person": str(cast.stranger.person.pk)})
    assert "person" in answer.context["form"].errors


def test_a_strangers_reports_are_not_listed(client, cast, maryam):
    discrepancies.report(cast.stranger, subject="payment", text="پرداخت نرسیده است.")
    assert "پرداخت نرسیده" not in client.get("/discrepancies/").content.decode()


def test_an_answer_is_read_here_and_told_by_sms_without_its_words(client, maryam, cast):
    row = discrepancies.report(maryam, subject="person", text="نام پدرم نادرست است.")
    discrepancies.answer(row, by=cast.supervisor, text="نام پدر اصلاح شد.", is_fixed=True)
    page = client.get("/discrepancies/").content.decode()
    assert "نام پدر اصلاح شد." in page and "اصلاح شد" in page
    message = Message.objects.get(kind="report_answered")
    assert message.to == maryam.mobile and "پدر" not in message.text


def test_a_report_is_answered_once(maryam, cast):
    row = discrepancies.report(maryam, subject="person", text="نام پدرم نادرست است.")
    discrepancies.answer(row, by=cast.supervisor, text="اصلاح شد.", is_fixed=True)
    with pytest.raises(discrepancies.Refused):
        discrepancies.answer(row, by=cast.supervisor, text="دوباره.", is_fixed=False)
    assert Message.objects.count() == 1


def test_five_reports_an_hour(client, maryam, report):
    for _ in range(5):
        client.post("/discrepancies/new/", report)
    assert client.post("/discrepancies/new/", report).context["form"].non_field_errors()


def test_an_empty_list_says_what_it_is_for(client, maryam):
    page = client.get("/discrepancies/").content.decode()
    assert "گزارشی نفرستاده‌اید" in page and page.count('href="/discrepancies/new/"') == 1


def test_somebody_without_a_contract_can_report_too(client, db):
    member = people.make_member(people.make_person())
    client.force_login(member)
    given = {"subject": "cover", "person": str(member.person_id), "text": "قراردادی نمی‌بینم."}
    assert client.post("/discrepancies/new/", given).status_code == 302
    assert Discrepancy.objects.get().contract is None
