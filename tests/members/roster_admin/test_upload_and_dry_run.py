"""A file sent through the page: examined by the worker, shown row by row, and nothing written."""

import io

import openpyxl
import pytest

from members import roster_files, roster_work
from members.models import Enrolment, Person, RosterImport
from tests.members.roster.sheets import DIRTY, SAMPLE, A, B, person, table, workbook
from tests.members.roster.test_what_else_offices_write import of_sheets
from tests.members.roster_admin.conftest import LIST

State = RosterImport.State


def test_the_sample_is_shown_as_forty_new_people_and_nothing_is_written(operator):
    upload = operator.send(SAMPLE.read_bytes(), name="اسامی مهر.xlsx")
    page = operator.page(upload)
    assert upload.state == State.EXAMINED
    assert "اسامی مهر.xlsx" in page and "آمادهٔ ثبت" in page and "ثبت نهایی" in page
    assert "<dt>تازه</dt><dd>۴۰</dd>" in page
    assert not Person.objects.exists()


def test_until_the_worker_is_done_the_page_shows_how_far_it_is(operator):
    operator.post_file(SAMPLE.read_bytes())
    upload = RosterImport.objects.get()
    RosterImport.objects.update(progress=40)
    page = operator.page(upload)
    assert "در حال بررسی" in page and 'value="40"' in page and "دیدن وضعیت تازه" in page
    told = operator.client.get(f"{LIST}{upload.pk}/progress/").json()
    assert told == {"is_working": True, "percent": 40, "text": "۴۰٪"}
    roster_work.examine(upload.pk)
    assert operator.client.get(f"{LIST}{upload.pk}/progress/").json()["is_working"] is False


def test_the_dirty_workbook_shows_each_outcome_with_reason_and_remedy(operator):
    upload = operator.send(DIRTY.read_bytes())
    counts = upload.counts
    assert sum(counts.values()) == 79
    for outcome, title in (
        ("hold", "نگه‌داشته"),
        ("reject", "پذیرفته نشد"),
        ("import_fixed", "پذیرفته با اصلاح"),
    ):
        answer = operator.client.get(f"{LIST}{upload.pk}/change/", {"show": outcome})
        assert len(answer.context["report"].lines) == counts[outcome]
        assert f"<h2>{title}</h2>" in answer.content.decode()
    page = operator.page(upload, show="reject")
    assert "رقم کنترل کد ملی درست نیست." in page
    assert "از روی کارت ملی" in page


def test_a_changed_value_stands_beside_the_old_one(operator):
    operator.bring_in([person(A), person(B)])
    upload = operator.send([person(A, last_name="کاظمیان", birth_date="1365/08/27"), person(B)])
    page = operator.page(upload, show="changed")
    assert "<bdi>حمید کاظمی</bdi>" in page
    assert "<del>کاظمی</del>" in page and "<ins>کاظمیان</ins>" in page
    assert "<del>۱۳۶۵/۰۸/۲۶</del>" in page and "<ins>۱۳۶۵/۰۸/۲۷</ins>" in page


def test_leavers_are_named_with_the_end_of_their_cover(operator):
    operator.bring_in([person(A), person(B, last_name="رضایی")])
    page = operator.page(operator.send([person(A)]), show="leaving")
    assert "حمید رضایی" in page and "۱۴۰۴/۰۷/۳۰" in page and "بیش از ۵٪" in page


def test_long_lists_have_pages(operator):
    from tests.cast import synthetic_national_id

    many = [person(synthetic_national_id(serial)) for serial in range(700_000, 700_060)]
    upload = operator.send(many)
    first = operator.client.get(f"{LIST}{upload.pk}/change/", {"show": "new"}).context["report"]
    second = operator.client.get(f"{LIST}{upload.pk}/change/", {"show": "new", "page": 2}).context["report"]
    assert (len(first.lines), len(second.lines)) == (50, 10)


def test_the_report_comes_as_a_workbook_with_the_reason_beside_each_row(operator):
    upload = operator.send([person(A, last_name="=2+5"), person(B, plan="طرح ویژه")])
    answer = operator.client.get(f"{LIST}{upload.pk}/download/")
    assert "attachment" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0][:4] == ("ردیف در فایل", "نتیجه", "علت", "چه باید کرد")
    assert "این طرح در قرارداد نیست." in rows[2][2]
    assert not any(str(cell).startswith("=") for row in rows for cell in row)


def test_a_report_that_was_lost_is_written_again(operator):
    upload = operator.send([person(A)])
    roster_files.discard_report(upload.stored_name)
    answer = operator.client.get(f"{LIST}{upload.pk}/download/", follow=True)
    assert "در حال آماده شدن" in answer.content.decode()
    roster_work.write_report(upload.pk)
    assert operator.client.get(f"{LIST}{upload.pk}/download/")["Content-Type"].endswith("sheet")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "خالی است"),
        (b"PK\x03\x04 and then nothing", "آسیب دیده است"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "رمز دارد"),
    ],
)
def test_what_can_be_seen_at_once_is_told_at_the_field(operator, content, sentence):
    answer = operator.post_file(content)
    assert sentence in answer.context["form"].errors["file"][0]
    assert not RosterImport.objects.exists()


def test_what_only_the_worker_sees_is_told_on_the_page(operator):
    upload = operator.send(workbook([["نام", "سن"], ["حمید", 3]]))
    page = operator.page(upload)
    assert upload.state == State.REFUSED
    assert "سرستون" in page and "ارسال فایل دیگر" in page and "ثبت نهایی</button>" not in page


def test_a_disk_without_room_is_told(operator, monkeypatch):
    def full(content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(roster_files, "keep", full)
    answer = operator.post_file([person(A)])
    assert "بعداً دوباره تلاش کنید" in answer.context["form"].errors["file"][0]
    assert not RosterImport.objects.exists()


def test_headings_that_were_not_understood_are_named(operator):
    rows = table([person(A)])
    rows[0].append("رنگ مو")
    rows[1].append("مشکی")
    assert "رنگ مو" in operator.page(operator.send(workbook(rows)))


def test_a_sheet_that_was_not_read_is_named(operator):
    page = operator.page(operator.send(of_sheets("ستاد", "کارخانه")))
    assert "تنها برگهٔ «<bdi>ستاد</bdi>» خوانده شد." in page and "«<bdi>کارخانه</bdi>»" in page


def test_contracts_of_the_same_name_are_told_apart_by_number_and_period(operator):
    options = operator.client.get(f"{LIST}add/").content.decode()
    assert "1403-001 (از ۱۴۰۳/۰۸/۰۱ تا ۱۴۰۴/۰۷/۳۰)" in options
    assert "از ۱۴۰۳/۰۸/۰۱ تا ۱۴۰۴/۰۷/۳۰" in operator.page(operator.send([person(A)]))


def test_a_list_put_aside_leaves_nobody_behind(operator):
    upload = operator.send([person(A, plan="طرح ویژه")])
    assert "چیزی ثبت نشد" in operator.act(upload, "discard")
    assert (upload.state, upload.rows.count(), upload.changes.get("rows")) == (State.DISCARDED, 0, None)
    assert not Enrolment.objects.exists()
