"""A roster that comes in while a member is in the wizard: that of the moment of submit decides."""

import pytest

pytestmark = pytest.mark.fault

STEPS = ("basics", "details", "documents", "mobile", "review")


def ended(servers, person: int, days: int) -> None:
    servers.rows(
        "update members_enrolment set cover_end = current_date + %s where person_id = %s", days, person
    )


def test_the_roster_of_the_moment_of_submit_decides(real_servers, member, assert_whole):
    sent = member.draft()
    assert member.submit(sent)
    code = member.draft()
    ended(real_servers, member.who["person"], -2)

    answer = member.post(f"/claims/{code}/review/", {"submit": "1"})
    pages = [member.get(f"/claims/{code}/{step}/") for step in STEPS]

    assert answer.status_code in (200, 302, 409)
    rows = real_servers.rows("select status, tracking_code from claims_claim where code = %s", code)
    assert rows == [{"status": "draft", "tracking_code": None}]
    assert {page.status_code for page in pages} <= {200, 302}
    # What was sent before stays readable.
    assert member.get(f"/claims/{sent}/").status_code == 200

    ended(real_servers, member.who["person"], 300)
    assert member.submit(code)
    assert_whole(member)
