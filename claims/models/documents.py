"""The pictures of a claim, and the papers its member does not have."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.documents.pictures import ADVICE, Advice
from claims.models.claim import Claim


def new_code() -> str:
    return secrets.token_urlsafe(16)


class DocumentQuerySet(models.QuerySet):
    def present(self):
        return self.filter(removed_at=None).select_related("title").order_by("order", "pk")


class Document(models.Model):
    """One clean image. Until the first submission it is deleted with its file; afterwards only marked as removed."""

    code = models.CharField(max_length=22, unique=True, default=new_code, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="documents")
    title = models.ForeignKey(
        "catalog.DocumentType", on_delete=models.PROTECT, null=True, blank=True, verbose_name="عنوان تصویر"
    )
    order = models.PositiveSmallIntegerField(default=0)
    # Name in the documents storage; the thumbnail lies beside it.
    name = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64)
    # Of the file as it was sent (with its page, for a PDF): the same picture in another claim is found by it.
    source_sha256 = models.CharField(max_length=70)
    perceptual_hash = models.CharField(max_length=16)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    advice = models.CharField(max_length=60, blank=True)
    advice_dismissed = models.BooleanField(default=False)
    added_in_round = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "تصویر مدرک"
        verbose_name_plural = "تصاویر مدارک"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_has_its_hash")
        ]
        indexes = [
            # The same picture in another claim.
            models.Index(fields=["source_sha256"], name="document_same_file"),
            models.Index(fields=["perceptual_hash"], name="document_same_look"),
        ]

    def __str__(self):
        return str(self.title or "بی‌عنوان")

    @property
    def title_field(self) -> str:
        return f"title_{self.pk}"

    @property
    def needs_look(self) -> bool:
        """Blurred, dark or tiny, and the member has not yet said to keep it."""
        return bool(self.advice) and not self.advice_dismissed

    @property
    def advice_given(self) -> list[Advice]:
        return [ADVICE[code] for code in self.advice.split(",")] if self.needs_look else []

    @property
    def advice_sentences(self) -> list[str]:
        return [str(advice) for advice in self.advice_given]


class MissingDocument(models.Model):
    """«این مدرک را ندارم»: a required document passed over with a reason that the officer reads."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="missing_documents")
    document_type = models.ForeignKey("catalog.DocumentType", on_delete=models.PROTECT)
    reason = models.CharField("دلیل", max_length=300)

    class Meta:
        verbose_name = "مدرک نداشته"
        verbose_name_plural = "مدارک نداشته"
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "document_type"], name="missing_document_once_in_a_claim"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="missing_document_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.document_type}: {self.reason}"
