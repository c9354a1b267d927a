"""What can be claimed, which papers prove it, and the coded reasons officers give."""

from django.db import models


class ServiceType(models.Model):
    code = models.CharField("کد", max_length=40, unique=True)
    title = models.CharField("عنوان", max_length=150)
    is_enabled = models.BooleanField("فعال", default=True)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)
    # Between these an amount is ordinary; outside them the member is asked to look again.
    usual_from_amount = models.BigIntegerField("کمترین مبلغ معمول (ریال)", null=True, blank=True)
    usual_to_amount = models.BigIntegerField("بیشترین مبلغ معمول (ریال)", null=True, blank=True)

    class Meta:
        ordering = ["sort"]
        verbose_name = "نوع خدمت"
        verbose_name_plural = "نوع‌های خدمت"

    def __str__(self):
        return self.title


class Service(models.Model):
    code = models.CharField("کد", max_length=60, unique=True)
    service_type = models.ForeignKey(
        ServiceType,
        on_delete=models.PROTECT,
        related_name="services",
        verbose_name="نوع خدمت",
    )
    title = models.CharField("عنوان", max_length=150)
    hint = models.CharField("راهنما", max_length=300, blank=True)
    is_enabled = models.BooleanField("فعال", default=True)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)
    usual_from_amount = models.BigIntegerField("کمترین مبلغ معمول (ریال)", null=True, blank=True)
    usual_to_amount = models.BigIntegerField("بیشترین مبلغ معمول (ریال)", null=True, blank=True)

    class Meta:
        ordering = ["service_type", "sort"]
        verbose_name = "خدمت"
        verbose_name_plural = "خدمات"

    def __str__(self):
        return self.title


class DocumentType(models.Model):
    code = models.CharField("کد", max_length=40, unique=True)
    title = models.CharField("عنوان", max_length=100)
    hint = models.CharField("آنچه باید دیده شود", max_length=300, blank=True)
    is_invoice = models.BooleanField("نوعی صورت‌حساب است", default=False)
    # «چاپ نسخهٔ الکترونیک» stands for these when the member has an e-prescription.
    is_order = models.BooleanField("دستور یا نسخه است", default=False)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort"]
        verbose_name = "نوع مدرک"
        verbose_name_plural = "نوع‌های مدرک"

    def __str__(self):
        return self.title


class RequiredDocument(models.Model):
    """One document that a service type, a service, or a contract's own rule for one of them asks for."""

    contract = models.ForeignKey(
        "catalog.Contract",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name="قرارداد",
    )
    service_type = models.ForeignKey(ServiceType, on_delete=models.CASCADE, verbose_name="نوع خدمت")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, verbose_name="خدمت")
    document_type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, verbose_name="مدرک")
    is_required = models.BooleanField("اجباری", default=True)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort", "pk"]
        verbose_name = "مدرک لازم"
        verbose_name_plural = "مدارک لازم"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "service_type", "service", "document_type"],
                nulls_distinct=False,
                name="document_asked_once_by_a_rule",
            )
        ]

    def __str__(self):
        return f"{self.service or self.service_type}: {self.document_type}"


class BaseInsurer(models.Model):
    code = models.CharField("کد", max_length=20, unique=True)
    title = models.CharField("عنوان", max_length=60)
    hint = models.CharField("راهنما", max_length=200, blank=True)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort"]
        verbose_name = "بیمهٔ پایه"
        verbose_name_plural = "بیمه‌های پایه"

    def __str__(self):
        return self.title


class Reason(models.Model):
    """A coded sentence an officer gives: what is deficient, why refused, why deducted."""

    class Kind(models.TextChoices):
        DEFICIENCY = "deficiency", "نقص"
        REJECTION = "rejection", "رد"
        DEDUCTION = "deduction", "کسورات"

    code = models.CharField("کد", max_length=10, unique=True)
    kind = models.CharField("گونه", max_length=12, choices=Kind)
    title = models.CharField("جمله", max_length=300)
    advice = models.CharField("چه باید کرد", max_length=300, blank=True)
    # The place of a deficiency: a step of the wizard, a field in it, or a document.
    section = models.CharField("بخش", max_length=20, blank=True)
    field = models.CharField("فیلد", max_length=40, blank=True)
    document_type = models.ForeignKey(
        DocumentType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="مدرک",
    )
    is_appealable = models.BooleanField("قابل اعتراض", default=True)
    is_active = models.BooleanField("فعال", default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "علت"
        verbose_name_plural = "علت‌ها"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["deficiency", "rejection", "deduction"]),
                name="reason_kind_is_known",
            )
        ]

    def __str__(self):
        return f"{self.code} · {self.title}"
