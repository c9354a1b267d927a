import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0009_references_proved_by_the_statement")]

    operations = [
        migrations.AlterField(
            model_name="enrolment",
            name="contract",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="catalog.contract",
                verbose_name="قرارداد",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["contract"], name="enrolment_roster"
            ),
        ),
    ]
