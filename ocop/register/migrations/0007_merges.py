"""Merges, pairs that are no duplicates, and `merged_into`.

SQLite makes a table anew to give it a CHECK and forgets its triggers; those that keep the search index in step (0003) come back here.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_TRIGGERS = [
    """CREATE TRIGGER IF NOT EXISTS register_search_insert AFTER INSERT ON register_product BEGIN
        INSERT INTO register_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER IF NOT EXISTS register_search_delete AFTER DELETE ON register_product BEGIN
        INSERT INTO register_search(register_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER IF NOT EXISTS register_search_update AFTER UPDATE OF id, search_text ON register_product BEGIN
        INSERT INTO register_search(register_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO register_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    "INSERT INTO register_search(register_search) VALUES ('rebuild')",
]


def hook_search(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in _TRIGGERS:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
        ('register', '0006_intake'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, hook_search),
        migrations.CreateModel(
            name='DistinctPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hints', models.JSONField(default=list)),
                ('judged_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('moved', models.JSONField()),
                ('merged_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.AddField(
            model_name='producer',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.producer'),
        ),
        migrations.AddField(
            model_name='product',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.product'),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='producer_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='product_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('is_published', False), _connector='OR'), name='product_merged_is_hidden'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='first_producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.producer'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='first_product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.product'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='judged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='second_producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.producer'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='second_product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.product'),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept_producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.producer'),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept_product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.product'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged_producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.producer'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged_product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.product'),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='distinctpair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_producer__lt', models.F('second_producer')), ('first_product__isnull', True), ('second_product__isnull', True)), models.Q(('first_producer__isnull', True), ('first_product__lt', models.F('second_product')), ('second_producer__isnull', True)), _connector='OR'), name='distinct_pair_in_order'),
        ),
        migrations.AddConstraint(
            model_name='distinctpair',
            constraint=models.UniqueConstraint(fields=('first_producer', 'second_producer'), name='distinct_producers_once'),
        ),
        migrations.AddConstraint(
            model_name='distinctpair',
            constraint=models.UniqueConstraint(fields=('first_product', 'second_product'), name='distinct_products_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept_producer__isnull', False), ('merged_producer__isnull', False), models.Q(('kept_producer', models.F('merged_producer')), _negated=True), ('kept_product__isnull', True), ('merged_product__isnull', True)), models.Q(('kept_product__isnull', False), ('merged_product__isnull', False), models.Q(('kept_product', models.F('merged_product')), _negated=True), ('kept_producer__isnull', True), ('merged_producer__isnull', True)), _connector='OR'), name='merge_of_two_of_one_kind'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='merge_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at__isnull', True)), models.Q(('undone_at__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='merge_undone_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged_producer',), name='merge_of_producer_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged_product',), name='merge_of_product_once'),
        ),
        migrations.RunPython(hook_search, migrations.RunPython.noop),
    ]
