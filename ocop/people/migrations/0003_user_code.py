"""A public code for each account: existing rows get one of their own before it becomes unique."""

from django.db import migrations, models

import ocop.people.models


def give_codes(apps, _schema_editor):
    User = apps.get_model("people", "User")
    for user in User.objects.filter(code=""):
        user.code = ocop.people.models.new_public_code()
        user.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts_searched_and_bound")]

    operations = [
        migrations.AddField("user", "code", models.CharField(default="", max_length=12)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            "user", "code", models.CharField(default=ocop.people.models.new_public_code, max_length=12, unique=True)
        ),
    ]
