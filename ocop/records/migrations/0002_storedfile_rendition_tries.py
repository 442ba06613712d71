from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.AddField(model_name="storedfile", name="rendition_tries", field=models.PositiveSmallIntegerField(default=0)),
    ]
