"""What the employer's list said last of mobile and iban, so that members' own changes outlive the same list again."""

from django.db import migrations, models

# Nobody knows any more what earlier lists said: what stands there is taken for it.
KNOWN = (
    "UPDATE members_enrolment SET roster_mobile = mobile, roster_iban = iban WHERE mobile <> '' OR iban <> ''"
)


def text(longest: int) -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", editable=False, max_length=longest)


class Migration(migrations.Migration):
    dependencies = [("members", "0010_a_roster_lies_together")]

    operations = [
        migrations.AddField("enrolment", "roster_mobile", text(11)),
        migrations.AddField("enrolment", "roster_iban", text(26)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
