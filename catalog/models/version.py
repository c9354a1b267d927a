"""Which state of the small tables is in force, so that processes know when to read them again."""

from django.db import models


class CatalogueVersion(models.Model):
    """One row; triggers of the database write into it with every change of a small table, whoever makes it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    # Grows with every change, and never comes again.
    number = models.BigIntegerField()

    class Meta:
        verbose_name = "نسخهٔ کاتالوگ"
        verbose_name_plural = "نسخهٔ کاتالوگ"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="catalogue_version_is_one_row"),
        ]

    def __str__(self):
        return str(self.number)
