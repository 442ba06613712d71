"""Who may open a file of this room. The loader of files asks here, the same question the pages ask."""

from datetime import date

from django.db.models import Q

from ocop.core.actor import VISITOR, Actor
from ocop.people.enums import Role
from ocop.records.enums import FileKind
from ocop.records.models import StoredFile
from ocop.register.models import IntakeBatch, Photo, Recognition, StandingAnswer
from ocop.register.queries.producers import producer_code_of
from ocop.register.queries.products import products_visible_to
from ocop.register.queries.reports import reports_visible_to

_READ_EVERY_SCAN = frozenset({Role.OCOP_OFFICER, Role.INSPECTOR, Role.LEADER})


def photo_is_public(file: StoredFile) -> bool:
    """Does this photo stand on a public page? A photo of a producer, or of a published product, not removed."""
    return _photo_seen_by(VISITOR, file)


def file_visible_to(viewer: Actor, file: StoredFile, on: date) -> bool:
    """May this viewer open this file on this day? False for every file of another room and for every removed one."""
    if file.removed_at is not None:
        return False
    if file.kind == FileKind.PHOTO:
        return _photo_seen_by(viewer, file)
    if file.kind == FileKind.MISUSE_PHOTO:
        return reports_visible_to(viewer).filter(photo=file).exists()
    if file.kind == FileKind.INTAKE:
        return viewer.role == Role.OCOP_OFFICER and IntakeBatch.objects.filter(file=file).exists()
    if file.kind == FileKind.DECISION_SCAN:
        return _scan_seen_by(viewer, file) or _answer_seen_by(viewer, file)
    return file.kind == FileKind.EVIDENCE and _answer_seen_by(viewer, file)


def _photo_seen_by(viewer: Actor, file: StoredFile) -> bool:
    if file.kind != FileKind.PHOTO or file.removed_at is not None:
        return False
    of_product = Q(product__in=products_visible_to(viewer).order_by().values("pk"))
    return Photo.objects.filter(of_product | Q(producer__isnull=False), file=file).exists()


def _scan_seen_by(viewer: Actor, file: StoredFile) -> bool:
    rows = Recognition.objects.filter(Q(scan=file) | Q(withdrawal_scan=file))
    if viewer.role in _READ_EVERY_SCAN:
        return rows.exists()
    if viewer.role == Role.COMMUNE_OFFICER:
        return rows.filter(product__commune_now__key=viewer.unit_key).exists()
    code = producer_code_of(viewer)
    return bool(code) and rows.filter(product__producer__code=code).exists()


def _answer_seen_by(viewer: Actor, file: StoredFile) -> bool:
    """The paper behind an officer's answer about a star, also behind one that was taken back: for officers alone."""
    answers = StandingAnswer.objects.filter(scan=file)
    if viewer.role in _READ_EVERY_SCAN:
        return answers.exists()
    return viewer.role == Role.COMMUNE_OFFICER and answers.filter(product__commune_now__key=viewer.unit_key).exists()
