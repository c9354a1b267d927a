"""Where people live and where they are treated."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.lib.text import match_key


class Branch(models.Model):
    """An office of the insurer that receives paper originals."""

    name = models.CharField("نام شعبه", max_length=100)
    address = models.CharField("نشانی", max_length=300, blank=True)
    phone = models.CharField("تلفن", max_length=11, blank=True)
    is_active = models.BooleanField("فعال", default=True)

    class Meta:
        verbose_name = "شعبه"
        verbose_name_plural = "شعبه‌ها"

    def __str__(self):
        return self.name


class Province(models.Model):
    code = models.CharField("کد", max_length=5, unique=True)
    title = models.CharField("عنوان", max_length=60)
    name = models.CharField("نام", max_length=60)
    area_code = models.CharField("پیش‌شماره", max_length=3, blank=True)
    capital = models.CharField("مرکز استان", max_length=60, blank=True)
    # A column, not a table between: every province resolves to one branch at most.
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="شعبهٔ تحویل اصل مدارک",
    )
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort"]
        verbose_name = "استان"
        verbose_name_plural = "استان‌ها"

    def __str__(self):
        return self.title


class CentreType(models.Model):
    code = models.CharField("کد", max_length=30, unique=True)
    title = models.CharField("عنوان", max_length=60)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort"]
        verbose_name = "نوع مرکز"
        verbose_name_plural = "نوع‌های مرکز"

    def __str__(self):
        return self.title


class MedicalCentre(models.Model):
    class Ownership(models.TextChoices):
        PUBLIC = "public", "دولتی"
        PRIVATE = "private", "خصوصی"
        NON_GOVERNMENTAL_PUBLIC = "non_governmental_public", "عمومی غیردولتی"
        CHARITY = "charity", "خیریه"

    source_id = models.CharField("شناسهٔ مبدأ", max_length=40, null=True, blank=True, unique=True)
    name = models.CharField("نام", max_length=200)
    centre_type = models.ForeignKey(CentreType, on_delete=models.PROTECT, verbose_name="نوع مرکز")
    ownership = models.CharField("مالکیت", max_length=30, choices=Ownership, blank=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, verbose_name="استان")
    city = models.CharField("شهر", max_length=60, blank=True)
    address = models.CharField("نشانی", max_length=400, blank=True)
    search_key = models.CharField(max_length=300, editable=False, blank=True)
    is_active = models.BooleanField("فعال", default=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "مرکز درمانی"
        verbose_name_plural = "مراکز درمانی"
        indexes = [
            # The centre picker finds any part of a name, and one slip of the finger (catalog/search.py).
            GinIndex(
                fields=["search_key"],
                opclasses=["gin_trgm_ops"],
                name="centre_search_key_trigrams",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        # Words stay apart, so that each can be looked for on its own.
        self.search_key = search_key_of(self.name, self.city)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(**kwargs)


def search_key_of(*parts: str) -> str:
    """The match keys of all words, one blank between them."""
    return " ".join(key for part in parts for word in part.split() if (key := match_key(word)))
