"""People, covers and accounts are found without a national ID or a name in an address, and looks are written down."""

import pytest
from auditlog.models import LogEntry

from members import discrepancies
from tests import cast as people

MODELS = ["person", "enrolment", "user"]


@pytest.fixture
def boss(client, cast):
    boss = people.make_staff("boss", "مدیر", is_superuser=True)
    client.force_login(boss)
    return boss


def find(client, model, text, **more):
    return client.post(f"/admin/members/{model}/find/", {"wanted": text, **more}, follow=True)


def acts(user) -> list[tuple[str, str]]:
    rows = LogEntry.objects.filter(actor=user).order_by("pk")
    return [(row.changes["act"][1], row.object_pk) for row in rows]


def one_of(cast, model):
    return {
        "person": cast.maryam.person,
        "enrolment": cast.enrolment_of(cast.maryam),
        "user": cast.maryam,
    }[model]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("typed", ["national ID", "name"])
def test_what_was_typed_finds_and_stands_in_no_address(client, boss, cast, model, typed):
    text = cast.maryam.person.national_id if typed == "national ID" else "كاظمی نیا"
    answer = find(client, model, text)
    (address, _), page = answer.redirect_chain[-1], answer.content.decode()
    assert text not in address and cast.maryam.person.national_id not in address
    assert list(answer.context["cl"].result_list) == [one_of(cast, model)]
    assert f'name="wanted" value="{text}"' in page
    assert acts(boss) == ([("found", str(one_of(cast, model).pk))] if typed == "national ID" else [])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("text", ["a\x00b", "x" * 10_000, "' OR 1=1; --", "%_\\", "🦊", "\u202e0912"])
def test_nonsense_finds_nobody_and_breaks_nothing(client, boss, cast, model, text):
    answer = find(client, model, text)
    assert answer.status_code == 200 and not answer.context["cl"].result_list


@pytest.mark.parametrize("model", MODELS)
def test_a_number_in_the_address_finds_nobody(client, boss, cast, model):
    page = client.get(f"/admin/members/{model}/", {"q": cast.maryam.person.national_id})
    assert not page.context["cl"].result_list


def test_a_filter_stays_and_an_empty_search_shows_everybody(client, boss, cast):
    answer = find(client, "enrolment", "", relation__exact="spouse")
    assert answer.redirect_chain[-1][0].endswith("?relation__exact=spouse")
    assert [row.person for row in answer.context["cl"].result_list] == [cast.husband.person]


def test_what_somebody_else_searched_for_is_not_found_by_its_word(client, boss, cast):
    address = find(client, "person", cast.maryam.person.national_id).redirect_chain[-1][0]
    client.logout()
    client.force_login(people.make_staff("other", "دیگری", is_superuser=True))
    assert not client.get(address).context["cl"].result_list


@pytest.mark.parametrize("model", MODELS)
def test_who_may_not_look_may_not_search(client, cast, model):
    client.force_login(people.make_staff("nobody", "هیچ‌کس"))
    assert client.post(f"/admin/members/{model}/find/", {"wanted": "x"}).status_code == 403
    assert client.get(f"/admin/members/{model}/find/").status_code in (403, 405)


@pytest.mark.parametrize("model", MODELS)
def test_who_looks_at_a_row_is_written_down_once(client, boss, cast, model):
    row = one_of(cast, model)
    assert client.get(f"/admin/members/{model}/{row.pk}/change/").status_code == 200
    assert acts(boss) == [("seen", str(row.pk))]


def test_who_reads_a_report_is_written_down(client, boss, cast):
    report = discrepancies.report(cast.maryam, subject="person", text="نام پدر")
    client.get(f"/admin/members/discrepancy/{report.pk}/change/")
    assert acts(boss) == [("seen", str(report.pk))]
    client.force_login(cast.supervisor)
    assert "دید" in client.get("/admin/auditlog/logentry/").content.decode()
