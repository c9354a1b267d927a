"""A person, once; and their cover under each contract, as the employer's roster says."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django_jalali.db import models as jalali


class Gender(models.TextChoices):
    MALE = "male", "مرد"
    FEMALE = "female", "زن"


class Relation(models.TextChoices):
    SELF = "self", "بیمه‌شدهٔ اصلی"
    SPOUSE = "spouse", "همسر"
    CHILD = "child", "فرزند"
    FATHER = "father", "پدر"
    MOTHER = "mother", "مادر"
    OTHER_DEPENDENT = "other_dependent", "سایر افراد تحت تکفل"


class Person(models.Model):
    # Unique by the constraint below: `unique=True` would add a second index, for LIKE, that nobody asks.
    national_id = models.CharField("کد ملی", max_length=10)
    first_name = models.CharField("نام", max_length=80)
    last_name = models.CharField("نام خانوادگی", max_length=80)
    # The match keys of both names: what is typed at activation is compared with these.
    first_key = models.CharField(max_length=80, editable=False)
    last_key = models.CharField(max_length=80, editable=False)
    father_name = models.CharField("نام پدر", max_length=80, blank=True)
    birth_certificate_number = models.CharField("شمارهٔ شناسنامه", max_length=10, blank=True)
    birth_date = jalali.jDateField("تاریخ تولد", null=True, blank=True)
    gender = models.CharField("جنسیت", max_length=6, choices=Gender, blank=True)

    class Meta:
        verbose_name = "شخص"
        verbose_name_plural = "اشخاص"
        constraints = [
            models.UniqueConstraint(fields=["national_id"], name="national_id_once"),
            models.CheckConstraint(
                condition=models.Q(national_id__regex=r"^[0-9]{10}$"), name="person_has_ten_digits"
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class EnrolmentQuerySet(models.QuerySet):
    def of_household(self, person, contract):
        """Everybody in `contract` whose primary insured is `person`, themselves included."""
        return self.filter(
            models.Q(primary=person) | models.Q(person=person), contract=contract
        ).select_related("person")

    def covering(self, day):
        return self.filter(cover_start__lte=day, cover_end__gte=day)


class Enrolment(models.Model):
    """The cover of one person under one contract.

    What it refers to is proved by triggers, for a whole statement at once (migration 0009): foreign keys look up
    each row for itself, and a roster of 100,000 would spend more time in them than in everything else it writes.
    """

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        # The constraint below begins with it, the index of the household with the primary, and nobody looks
        # for plan, province or base insurer: an index for each would only be written, with every roster.
        db_constraint=False,
        db_index=False,
        related_name="enrolments",
        verbose_name="شخص",
    )
    contract = models.ForeignKey(
        "catalog.Contract",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="enrolments",
        verbose_name="قرارداد",
    )
    primary = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="dependant_enrolments",
        verbose_name="بیمه‌شدهٔ اصلی",
    )
    relation = models.CharField("نسبت", max_length=16, choices=Relation)
    plan = models.ForeignKey(
        "catalog.Plan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        verbose_name="طرح",
    )
    cover_start = jalali.jDateField("شروع پوشش")
    cover_end = jalali.jDateField("پایان پوشش")
    personnel_code = models.CharField("کد پرسنلی", max_length=20, blank=True)
    mobile = models.CharField("موبایل", max_length=11, blank=True)
    phone = models.CharField("تلفن ثابت", max_length=11, blank=True)
    email = models.EmailField("ایمیل", blank=True)
    province = models.ForeignKey(
        "catalog.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        verbose_name="استان",
    )
    base_insurer = models.ForeignKey(
        "catalog.BaseInsurer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        verbose_name="بیمهٔ پایه",
    )
    iban = models.CharField("شمارهٔ شبا", max_length=26, blank=True)
    note = models.CharField("توضیحات", max_length=300, blank=True)
    # What the employer's list said last: members and staff change the two themselves, and the same list again is
    # no reason to take that back.
    roster_mobile = models.CharField(max_length=11, blank=True, default="", db_default="", editable=False)
    roster_iban = models.CharField(max_length=26, blank=True, default="", db_default="", editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "عضویت در قرارداد"
        verbose_name_plural = "عضویت‌ها در قراردادها"
        constraints = [
            models.UniqueConstraint(fields=["person", "contract"], name="person_once_in_a_contract"),
            models.CheckConstraint(
                # A cover that was ended before it began is kept as an empty one.
                condition=models.Q(cover_end__gte=models.F("cover_start") - 1),
                name="cover_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(relation="self") | models.Q(primary=models.F("person")),
                name="primary_insured_is_their_own_primary",
            ),
        ]
        indexes = [
            # A household: everybody of one primary insured in one contract.
            models.Index(fields=["primary", "contract"], name="enrolment_household"),
            # A roster is written at once and lies together: its pages are found by a summary, at no cost a row.
            BrinIndex(fields=["contract"], name="enrolment_roster", autosummarize=True),
        ]

    def __str__(self):
        return f"{self.person} در {self.contract}"

    def covers(self, day) -> bool:
        return self.cover_start <= day <= self.cover_end
