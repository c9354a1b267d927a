"""Everything one person needs to try the portal: three contracts, their households, accounts. Safe to run twice."""

import io
from pathlib import Path

import jdatetime
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.utils import timezone
from openpyxl import load_workbook

from catalog.models import Contract, Insurer, MembershipType, Plan
from members import roster
from members.models import Person, User
from portal.lib import dates
from portal.lib.text import latin_digits

SAMPLE = Path(settings.BASE_DIR) / "members" / "fixtures" / "roster_sample.xlsx"
# What the sample was written for.
FIRST_DAY, LAST_DAY = jdatetime.date(1403, 8, 1), jdatetime.date(1404, 7, 30)
SAMPLE_DAY = jdatetime.date(1403, 10, 1)
PLANS = ("طرح ۱", "طرح ۲", "طرح ۳")
COVER_COLUMNS = ("تاریخ شروع پوشش", "تاریخ پایان پوشش")

PASSWORD = "Demo-pass-1403"
MEMBERS = {
    "0990004325": "بیمه‌شدهٔ اصلی با سه نفر تحت تکفل",
    "0990005860": "همسر او، با حساب خودش",
}
NOT_ACTIVE = "0090002865"
STAFF = {
    "officer": ("شیدا رحمانی‌پور", "کارشناس خسارت", "0999000111"),
    "supervisor": ("آرش نیک‌سیرت", "سرپرست", "0999000128"),
    "finance": ("لادن مهرپرور", "امور مالی", "0999000136"),
    "roster": ("بهنام قره‌داغی", "متصدی اسامی", "0999000144"),
}
ADMIN_NATIONAL_ID = "0999000152"


class Command(BaseCommand):
    help = "قراردادها، خانواده‌ها و حساب‌های نمونه را می‌سازد؛ اجرای دوباره بی‌خطر است."

    def handle(self, **options):
        self.insurer, _ = Insurer.objects.get_or_create(name="بیمهٔ پاسارگاد")
        self.group = MembershipType.objects.get(code="group")
        self.make_contracts()
        self.make_members()
        self.make_staff()
        self.tell()

    def make_contracts(self):
        old = self.contract("1403-001", "قرارداد تست ۱ پاسارگاد", FIRST_DAY, LAST_DAY, e_claims=True)
        self.enrol(old, SAMPLE.read_bytes(), today=SAMPLE_DAY)
        start = months_before(dates.today(), 3)
        end = months_before(start, -12) - jdatetime.timedelta(days=1)
        current = self.contract("DEMO-001", "قرارداد نمونهٔ امسال", start, end, e_claims=True)
        closed = self.contract("DEMO-002", "قرارداد نمونهٔ بی‌ارسال", start, end, e_claims=False)
        for contract in (current, closed):
            self.enrol(contract, moved_along(contract), today=dates.today())

    def contract(self, number, title, start, end, *, e_claims):
        contract, _ = Contract.objects.get_or_create(
            number=number,
            defaults={
                "title": title,
                "insurer": self.insurer,
                "policyholder": "شرکت نمونه",
                "membership_type": self.group,
                "start_date": start,
                "end_date": end,
                "e_claims": e_claims,
            },
        )
        # The row as the database gives it back: Jalali dates, however it was made.
        contract.refresh_from_db()
        for plan in PLANS:
            Plan.objects.get_or_create(contract=contract, title=plan)
        return contract

    def enrol(self, contract, workbook: bytes, *, today):
        if contract.enrolments.exists():
            return
        report = roster.examine(io.BytesIO(workbook), name=SAMPLE.name, contract=contract, today=today)
        roster.commit(report, contract=contract, by=None)

    def make_members(self):
        for national_id in MEMBERS:
            person = Person.objects.get(national_id=national_id)
            username = f"{self.group.code}:{national_id}"
            if User.objects.filter(username=username).exists():
                continue
            enrolment = person.enrolments.order_by("-pk").first()
            User.objects.create_user(
                username,
                PASSWORD,
                person=person,
                membership_type=self.group,
                mobile=enrolment.mobile,
                activated_at=timezone.now(),
            )

    def make_staff(self):
        self.staff("admin", "مدیر سامانه", ADMIN_NATIONAL_ID, is_superuser=True)
        for username, (name, group, national_id) in STAFF.items():
            if user := self.staff(username, name, national_id):
                user.groups.add(Group.objects.get(name=group))

    def staff(self, username, name, national_id, **given):
        known = User.objects.filter(username=username)
        # Made by an earlier release, which did not ask.
        known.filter(is_staff=True, staff_national_id="").update(staff_national_id=national_id)
        if known.exists():
            return None
        given |= {"is_staff": True, "staff_name": name, "staff_national_id": national_id}
        return User.objects.create_user(username, PASSWORD, **given)

    def tell(self):
        lines = ["حساب‌های نمونه (رمز همه: " + PASSWORD + ")", "اعضا، در /login/:"]
        lines += [f"  {national_id}  {words}" for national_id, words in MEMBERS.items()]
        person = Person.objects.get(national_id=NOT_ACTIVE)
        lines.append(f"  {NOT_ACTIVE}  {person.full_name}، هنوز فعال نشده: از /activate/ آغاز کنید")
        lines.append("کارکنان، در /admin/:")
        lines += [f"  {username}  {name}، {group}" for username, (name, group, _) in STAFF.items()]
        lines.append("  admin  مدیر سامانه")
        self.stdout.write("\n".join(lines))


def months_before(day: jdatetime.date, months: int) -> jdatetime.date:
    """The same day of an earlier month, or that month's last."""
    months = day.year * 12 + day.month - 1 - months
    first = jdatetime.date(months // 12, months % 12 + 1, 1)
    last = (first + jdatetime.timedelta(days=31)).replace(day=1) - jdatetime.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def moved_along(contract: Contract) -> bytes:
    """The sample with its cover dates as far from this contract's start as they were from their own."""
    workbook = load_workbook(SAMPLE)
    sheet = workbook.worksheets[0]
    columns = [cell.column for cell in sheet[1] if cell.value in COVER_COLUMNS]
    for row in sheet.iter_rows(min_row=2):
        for column in columns:
            cell = row[column - 1]
            if cell.value:
                cell.value = latin_digits(dates.short(moved(dates.parse_jalali(str(cell.value)), contract)))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def moved(day: jdatetime.date, contract: Contract) -> jdatetime.date:
    if day == LAST_DAY:
        return contract.end_date
    return contract.start_date + (day - FIRST_DAY)
