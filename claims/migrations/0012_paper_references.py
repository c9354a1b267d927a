"""Cases from paper are called by the number they had there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_lines_of_earlier_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="paper_reference",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=40, verbose_name="شمارهٔ پروندهٔ کاغذی"
            ),
        ),
    ]
