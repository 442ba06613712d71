"""People sort by the Vietnamese alphabet: existing rows get their key."""

from django.db import migrations, models

from ocop.core.text import sort_key


def give_keys(apps, _schema_editor):
    User = apps.get_model("people", "User")
    for user in User.objects.all():
        user.sort_key = sort_key(user.full_name)
        user.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_user_code")]

    operations = [
        migrations.AddField("user", "sort_key", models.CharField(db_index=True, default="", max_length=600)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
