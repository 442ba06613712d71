"""An invitation is named by a code of its own in addresses, no longer by the beginning of its token's digest."""

from django.db import migrations, models

import ocop.people.models


def give_codes(apps, _schema_editor):
    Invitation = apps.get_model("people", "Invitation")
    for invitation in Invitation.objects.filter(code=""):
        invitation.code = ocop.people.models.new_public_code()
        invitation.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("people", "0006_api_tokens")]

    operations = [
        migrations.AddField("invitation", "code", models.CharField(default="", max_length=12)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField("invitation", "code", models.CharField(default=ocop.people.models.new_public_code, max_length=12, unique=True)),
    ]
