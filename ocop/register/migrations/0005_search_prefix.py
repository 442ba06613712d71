"""PostgreSQL finds what a text begins with by a tree: trigrams would look at every text that has them anywhere."""

from django.db import migrations

# 64 characters: a tree takes no long texts, and nobody types more of a name.
_UP = "CREATE INDEX register_product_search_begin ON register_product (left(search_text, 64) text_pattern_ops)"
_DOWN = "DROP INDEX register_product_search_begin"


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_UP)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_DOWN)


class Migration(migrations.Migration):
    dependencies = [("register", "0004_catalogue_indexes")]

    operations = [migrations.RunPython(build, drop)]
