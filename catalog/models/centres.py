"""Where people live and where they are treated."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from catalog.words import NAME_ENDS, forms_of_beginnings, words_of


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
    # Its words as catalog/words.py keeps them; in code point order, so that an index answers LIKE 'word%'.
    search_key = models.TextField(editable=False, blank=True, db_collation="C")
    is_active = models.BooleanField("فعال", default=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "مرکز درمانی"
        verbose_name_plural = "مراکز درمانی"
        indexes = [
            # The three ways of catalog/search.py: names that begin so, those of one province, any words at all.
            models.Index(fields=["search_key"], name="centre_search_key"),
            models.Index(fields=["province", "search_key"], name="centre_province_search_key"),
            GinIndex(
                models.Func("search_key", "province", "centre_type", function="centre_tokens"),
                name="centre_tokens",
                # Rows come by import, once a month; searches must not read a list of what is not sorted in.
                fastupdate=False,
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.search_key = self.found_by()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(**kwargs)
        CentreWord.learn([self.search_key])

    @property
    def label(self) -> str:
        """As a chosen centre stands in a field of one line."""
        return f"{self.name}، {self.city}" if self.city else self.name

    @property
    def place(self) -> str:
        """The city and the address, without saying the city twice; else the province."""
        if not self.city or self.address.startswith(self.city):
            return self.address or self.province.name
        return f"{self.city}، {self.address}" if self.address else self.city

    def found_by(self) -> str:
        """The search key: the name first, then what people add to it to say which one they mean."""
        name = words_of(self.name)
        more = words_of(f"{self.city} {self.centre_type.title} {self.province.name}")
        return " ".join([*name, NAME_ENDS, *(word for word in dict.fromkeys(more) if word not in name)])


class CentreWord(models.Model):
    """The vocabulary of all search keys: where a typed word with a slip finds what was meant."""

    word = models.TextField(primary_key=True, db_collation="C")
    forms = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        verbose_name = "واژهٔ نام مراکز"
        verbose_name_plural = "واژه‌های نام مراکز"
        indexes = [
            GinIndex(fields=["forms"], name="centre_word_forms", fastupdate=False),
            # A part from the middle of a word.
            GinIndex(
                fields=["word"],
                opclasses=["gin_trgm_ops"],
                name="centre_word_trigrams",
                fastupdate=False,
            ),
        ]

    def __str__(self):
        return self.word

    @classmethod
    def learn(cls, search_keys: Iterable[str]) -> None:
        """Adds words not seen before; none is ever forgotten, for one without a centre does no harm."""
        words = {word for key in search_keys for word in key.split()} - {NAME_ENDS}
        words -= set(cls.objects.filter(word__in=words).values_list("word", flat=True))
        cls.objects.bulk_create(
            (cls(word=word, forms=sorted(forms_of_beginnings(word))) for word in sorted(words)),
            ignore_conflicts=True,
            batch_size=2000,
        )
