from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0007_a_changed_roster_mobile_is_told")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="national_id",
            field=models.CharField(max_length=10, verbose_name="کد ملی"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("national_id",), name="national_id_once"),
        ),
    ]
