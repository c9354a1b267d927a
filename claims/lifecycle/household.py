"""Nobody of the staff handles a claim of their own household; who they are stands on their account."""

from django.conf import settings
from django.db.models import Q, QuerySet

from claims.lifecycle.moves import Refused
from members.models import Enrolment, Person, User

OWN_HOUSEHOLD = "این درخواست از خانوادهٔ خود شماست؛ همکار دیگری باید رسیدگی کند."
WHO_ARE_YOU = (
    "کد ملی شما در حساب کاری‌تان نیست و معلوم نمی‌شود که درخواست از خانوادهٔ خودتان نباشد؛ "
    "از مدیر سامانه بخواهید آن را در «حساب‌ها» ثبت کند."
)


def ensure_not_own(insured_id: int | None, by: User) -> None:
    if sentence := why_not(insured_id, by):
        raise Refused(sentence)


def why_not(insured_id: int | None, by: User) -> str:
    """The sentence for staff who may not handle what concerns this person; empty for all others."""
    if not by.staff_national_id:
        return "" if settings.DEBUG else WHO_ARE_YOU
    return OWN_HOUSEHOLD if people_of(by).filter(person=insured_id).exists() else ""


def people_of(staff: User) -> QuerySet:
    """Enrolments of the household: of this person, and of everybody under the same primary insured."""
    if not staff.staff_national_id:
        return Enrolment.objects.none()
    themselves = Person.objects.filter(national_id=staff.staff_national_id)
    theirs = Enrolment.objects.filter(person__in=themselves).values("primary")
    return Enrolment.objects.filter(Q(person__in=themselves) | Q(primary__in=theirs))
