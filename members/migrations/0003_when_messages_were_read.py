from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0002_message_templates")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="messages_read_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        )
    ]
