"""Traces of a person in what this room keeps for all others: notices, names of files, what a failed job left behind."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from ocop.core.person import PersonKeys, without
from ocop.records import rules
from ocop.records.models import Notice, StoredFile


@transaction.atomic
def erase_traces(*, keys: PersonKeys) -> None:
    """The person's own notices go; from everybody else's, and from what jobs left, the person is taken out."""
    Notice.objects.filter(recipient__in=keys.user_ids).delete()
    forget_file_names(user_ids=keys.user_ids)
    for text in keys.texts:
        for notice in Notice.objects.filter(Q(title__contains=text) | Q(body__contains=text)):
            notice.title, notice.body = without(keys.texts, notice.title), without(keys.texts, notice.body)
            notice.save(update_fields=["title", "body"])
        DBTaskResult.objects.filter(traceback__contains=text).update(traceback="")


def forget_file_names(*, user_ids: Collection[int] = (), subjects: Collection[str] = ()) -> None:
    """The sender's own name for a file may be a person's: it becomes "tep", with the ending of what the file is."""
    for file in StoredFile.objects.filter(Q(uploaded_by__in=user_ids) | Q(subject__in=subjects)):
        StoredFile.objects.filter(pk=file.pk).update(name=f"tep.{rules.EXTENSIONS[file.content_type]}")
