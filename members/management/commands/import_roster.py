"""The employer's file from the command line: a dry run unless told to commit."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.models import Contract
from members import roster
from members.models import User
from portal.lib import dates
from portal.lib.text import latin_digits, persian_digits


class Command(BaseCommand):
    help = "فهرست اسامی کارفرما را بررسی می‌کند و با --commit در قرارداد ثبت می‌کند."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="فایل xlsx، xls یا csv")
        parser.add_argument("--contract", required=True, metavar="NUMBER", help="شمارهٔ قرارداد")
        parser.add_argument("--commit", action="store_true", help="ثبت؛ بدون آن تنها بررسی می‌شود")
        parser.add_argument("--report", type=Path, metavar="OUT", help="گزارش در فایل .xlsx یا .json")
        parser.add_argument("--today", metavar="1403/10/01", help="روزی که امروز گرفته شود")
        parser.add_argument("--by", metavar="USERNAME", help="متصدی")
        parser.add_argument("--second", metavar="USERNAME", help="نفر دوم، برای پایان پوشش بیش از ۵٪")

    def handle(self, *, file, contract, commit, report, today, by, second, **options):
        if report and report.suffix.lower() not in (".xlsx", ".json"):
            raise CommandError("گزارش را در فایلی با پسوند .xlsx یا .json بخواهید.")
        contract = self._contract(contract)
        try:
            found = roster.examine(
                self._content(file), name=file.name, contract=contract, today=self._day(today)
            )
            self._write(found, report)
            self._tell(found, roster.compare(found, contract))
            if commit:
                roster.commit(found, contract=contract, by=self._staff(by), seconded_by=self._staff(second))
        except roster.RosterRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("ثبت شد." if commit else "چیزی ثبت نشد؛ برای ثبت --commit را اضافه کنید.")

    def _contract(self, number: str) -> Contract:
        contract = Contract.objects.filter(number__in=(number, latin_digits(number))).first()
        if contract is None:
            raise CommandError(f"قراردادی با شمارهٔ {number} نیست؛ شماره را بررسی کنید.")
        return contract

    def _content(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"فایل {file} باز نشد؛ نشانی آن را بررسی کنید.") from error

    def _day(self, text: str | None):
        try:
            return dates.parse_jalali(text) if text else dates.today()
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _staff(self, username: str | None) -> User | None:
        if username is None:
            return None
        user = User.objects.filter(username=username, is_staff=True, is_active=True).first()
        if user is None:
            raise CommandError(f"کارمندی با نام کاربری {username} نیست.")
        return user

    def _write(self, found: roster.Report, report: Path | None) -> None:
        if report is None:
            return
        as_json = report.suffix.lower() == ".json"
        content = roster.as_json(found).encode() if as_json else roster.as_workbook(found)
        try:
            report.write_bytes(content)
        except OSError as error:
            raise CommandError(f"گزارش در {report} نوشته نشد؛ نشانی آن را بررسی کنید.") from error

    def _tell(self, found: roster.Report, changes: roster.Changes) -> None:
        for outcome, count in found.counts.items():
            self.stdout.write(f"{roster.OUTCOME_TITLES[outcome]}: {persian_digits(count)}")
        for title, count in (
            ("تازه", changes.new_count),
            ("تغییرکرده", changes.changed_count),
            ("پایان پوشش", changes.leaving_count),
            ("بی‌تغییر", changes.unchanged_count),
        ):
            self.stdout.write(f"{title}: {persian_digits(count)}")
        for name in found.sheet.unread:
            self.stdout.write(f"برگهٔ «{name}» هم سرستون‌های فهرست را دارد و خوانده نشد.")
        for heading in found.sheet.ignored_headings:
            self.stdout.write(f"ستون «{heading}» خوانده نشد.")
