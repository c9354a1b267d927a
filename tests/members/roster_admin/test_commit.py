"""«ثبت نهایی»: what was shown is what is written, once, and by two people where many would leave."""

import pytest
from auditlog.models import LogEntry
from django.db import OperationalError

from members import roster_uploads, roster_work
from members.models import Enrolment, Person, RosterImport
from members.roster import saving
from tests.members.roster.sheets import DIRTY, SAMPLE, A, B, C, person
from tests.members.roster_admin.conftest import LIST

State = RosterImport.State


def test_the_sample_is_committed_by_the_worker(operator):
    upload = operator.send(SAMPLE.read_bytes())
    assert "در حال ثبت" in operator.act(upload, "commit")
    assert (upload.state, upload.by, Enrolment.objects.count()) == (State.COMMITTED, operator.user, 40)
    assert "ثبت شد" in operator.page(upload)


def test_the_dirty_workbook_leaves_its_held_rows_for_the_operator(operator):
    upload = operator.bring_in(DIRTY.read_bytes())
    taken = upload.counts["import"] + upload.counts["import_fixed"]
    assert Enrolment.objects.count() == taken
    page = operator.client.get("/admin/members/rosterrow/")
    assert page.context["waiting"].page.paginator.count == upload.counts["hold"]


def test_the_same_file_again_is_told_and_not_committed(operator, colleague):
    operator.bring_in([person(A)])
    again = colleague.send([person(A)])
    assert again.sha256 != "" and again.changes["unchanged"] == 1
    first = RosterImport.objects.exclude(pk=again.pk).get()
    RosterImport.objects.filter(pk=again.pk).update(sha256=first.sha256)
    page = colleague.page(again)
    assert "به دست سینا پارسا ثبت شده است" in page and "ثبت نهایی</button>" not in page
    assert "نیازی به ثبت دوباره نیست" in colleague.act(again, "commit")
    assert again.state == State.EXAMINED


class TestManyLeavers:
    @pytest.fixture
    def shrinking(self, operator):
        operator.bring_in([person(A), person(B)])
        upload = operator.send([person(A)])
        operator.act(upload, "commit")
        return upload

    def test_wait_for_a_second_person(self, operator, shrinking):
        assert shrinking.state == State.WAITING
        assert "نفر دوم" in operator.page(shrinking)
        assert Enrolment.objects.get(person__national_id=B).cover_end.year == 1404

    def test_are_not_seconded_by_whoever_asked(self, operator, shrinking):
        assert "تأیید نفر دوم و ثبت نهایی" not in operator.page(shrinking)
        assert "کسی جز درخواست‌کننده" in operator.act(shrinking, "second")
        assert shrinking.state == State.WAITING

    def test_are_ended_when_a_colleague_seconds(self, operator, colleague, shrinking):
        assert "تأیید نفر دوم و ثبت نهایی" in colleague.page(shrinking)
        colleague.act(shrinking, "second")
        assert (shrinking.state, shrinking.by, shrinking.seconded_by) == (
            State.COMMITTED,
            operator.user,
            colleague.user,
        )
        assert str(Enrolment.objects.get(person__national_id=B).cover_end) == "1403-09-30"

    def test_need_somebody_who_may(self, reader, shrinking):
        assert reader.client.post(f"{LIST}{shrinking.pk}/second/").status_code == 403


def test_a_roster_that_changed_meanwhile_is_shown_again_before_it_is_written(operator, colleague):
    first = operator.send([person(A), person(B)])
    colleague.bring_in([person(A, last_name="مرادی")])
    operator.act(first, "commit")
    assert first.state == State.EXAMINED and "دوباره ثبت کنید" in first.sentence
    assert first.changes["changed"] == 1
    assert Person.objects.get(national_id=A).last_name == "مرادی"
    operator.act(first, "commit")
    assert first.state == State.COMMITTED
    assert Person.objects.get(national_id=A).last_name == "کاظمی"


def test_the_second_of_two_operators_is_told(operator, colleague):
    first, other = operator.send([person(A)]), colleague.send([person(B)])
    assert "فهرست دیگری هم برای این قرارداد" in colleague.page(other)
    operator.client.post(f"{LIST}{first.pk}/commit/")
    page = colleague.client.post(f"{LIST}{other.pk}/commit/", follow=True).content.decode()
    assert "فهرست دیگری برای همین قرارداد در حال ثبت است (سینا پارسا" in page
    other.refresh_from_db()
    assert other.state == State.EXAMINED


def test_a_lock_that_is_not_given_back_leaves_the_list_ready(operator, monkeypatch):
    upload = operator.send([person(A)])

    def busy(contract):
        raise saving.RosterRefused(saving.BUSY)

    monkeypatch.setattr(saving, "wait_for_others", busy)
    operator.act(upload, "commit")
    assert (upload.state, upload.sentence) == (State.EXAMINED, saving.BUSY)


def test_a_button_pressed_twice_commits_once(operator):
    upload = operator.send([person(A)])
    operator.act(upload, "commit")
    moment = upload.committed_at
    assert "وضعیت این فهرست در این میان عوض شده" in operator.act(upload, "commit")
    assert (upload.committed_at, Enrolment.objects.count()) == (moment, 1)


def test_a_file_that_is_gone_is_told(operator):
    from members import roster_files

    upload = operator.send([person(A)])
    roster_files.discard(upload.stored_name)
    operator.act(upload, "commit")
    assert (upload.state, upload.sentence) == (State.EXAMINED, roster_work.GONE)


def test_a_lost_database_leaves_the_old_roster_and_the_task_tries_again(operator, monkeypatch):
    from members import tasks

    operator.bring_in([person(A)])
    upload = operator.send([person(A), person(C)])
    operator.client.post(f"{LIST}{upload.pk}/commit/")
    kept = saving._keep_waiting_rows

    def lost(*args):
        kept(*args)
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(saving, "_keep_waiting_rows", lost)
        with pytest.raises(OperationalError):
            roster_work.commit(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, Enrolment.objects.count()) == (State.COMMITTING, 1)
    assert OperationalError in tasks.commit_roster.autoretry_for
    tasks.commit_roster(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, Enrolment.objects.count()) == (State.COMMITTED, 2)


def test_what_was_done_stands_in_the_log_without_personal_data(operator):
    upload = operator.bring_in([person(A)])
    operator.client.get(f"{LIST}{upload.pk}/download/")
    told = LogEntry.objects.get_for_object(upload)
    assert {entry.changes["act"][1] for entry in told} == {"upload", "seen", "commit", "export"}
    assert {entry.actor for entry in told} == {operator.user}
    assert A not in "".join(str(entry.changes) + entry.object_repr for entry in told)


class TestSweep:
    def test_removes_the_file_of_a_committed_list_and_later_its_report(self, operator, on_1403_10_01):
        from members import roster_files

        upload = operator.bring_in([person(A)])
        roster_uploads.sweep()
        assert roster_files.read(upload.stored_name) is None
        assert operator.client.get(f"{LIST}{upload.pk}/download/").status_code == 200
        on_1403_10_01.shift(15 * 24 * 3600)
        roster_uploads.sweep()
        assert not roster_files.has_report(upload.stored_name)
        upload.refresh_from_db()
        assert upload.stored_name == ""

    def test_ends_a_list_that_nobody_decided_about(self, operator, on_1403_10_01):
        upload = operator.send([person(A)])
        on_1403_10_01.shift(31 * 24 * 3600)
        roster_uploads.sweep()
        upload.refresh_from_db()
        assert (upload.state, upload.sentence) == (State.DISCARDED, roster_uploads.TOO_OLD)

    def test_hands_over_again_what_a_killed_worker_left(self, operator, on_1403_10_01, monkeypatch):
        operator.post_file([person(A)])
        handed = []
        monkeypatch.setattr(roster_uploads, "hand_over", lambda task, upload: handed.append(task))
        roster_uploads.sweep()
        assert handed == []
        on_1403_10_01.shift(300)
        roster_uploads.sweep()
        assert handed == [roster_uploads.EXAMINE]

    def test_of_pictures_leaves_the_files_of_rosters(self, operator, on_1403_10_01, settings):
        import os
        from pathlib import Path

        from claims.tasks import sweep_pictures
        from members import roster_files

        upload = operator.send([person(A)])
        orphan = roster_files.keep(b"nobody's")
        for file in (Path(settings.DOCUMENT_ROOT) / "rosters").iterdir():
            os.utime(file, (0, 0))
        sweep_pictures()
        assert roster_files.read(upload.stored_name) and roster_files.has_report(upload.stored_name)
        assert roster_files.read(orphan) is None
