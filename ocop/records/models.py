"""What the house writes down about its own doings. Knows people only as AUTH_USER_MODEL and subjects by text key."""

from django.conf import settings
from django.db import models

from ocop.records.enums import Channel, DeliveryState, FileKind


class ChainEntry(models.Model):
    """One link of an append-only chain: `hash = SHA-256(purpose, n, prev, body)`; the database refuses UPDATE and DELETE."""

    n = models.PositiveBigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64)
    body = models.TextField()  # canonical JSON, kept as text so that no later version can serialise it otherwise
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=80, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)  # no foreign key: history outlives accounts
    subject = models.CharField(max_length=160, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.n} {self.event} {self.subject}"


class ChainHead(models.Model):
    """The single row that says where a chain ends; locked last in every transaction that appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.n} {self.hash[:12]}"


class AuditEntry(ChainEntry):
    """One action: who, in which capacity, did what to which subject, and what changed."""

    class Meta:
        db_table = "audit_entry"


class AuditHead(ChainHead):
    """`public_n` is the last entry that may change a public page: cached pages are kept under it."""

    public_n = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "audit_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_one_row")]


class AccessEntry(ChainEntry):
    """One reading of personal data."""

    class Meta:
        db_table = "access_log"


class AccessHead(ChainHead):
    class Meta:
        db_table = "access_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="access_head_one_row")]


class StoredFile(models.Model):
    """A file somebody sent, checked and re-written. Who may read it is asked of the room that owns `subject`."""

    key = models.CharField(max_length=32, unique=True)  # random, in the address; knowing it grants nothing private
    kind = models.CharField(max_length=20, choices=FileKind.choices)
    subject = models.CharField(max_length=160, db_index=True)  # "product:BK001", "misuse:…"
    name = models.CharField(max_length=120)  # as the sender called it, cleaned; only for the download's name
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, help_text="pixels, images only")
    height = models.PositiveIntegerField(null=True, help_text="pixels, images only")
    blob = models.FileField(upload_to="files/%Y/%m/", max_length=200)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    rendition_tries = models.PositiveSmallIntegerField(default=0)  # five, then it is left alone and shown to an administrator

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.name}"


class Rendition(models.Model):
    """One size and format of a photo, made from the re-encoded original."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=[("webp", "webp"), ("avif", "avif")])
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")
    blob = models.FileField(upload_to="files/%Y/%m/", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "format", "width"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.width}px {self.format}"


class Notice(models.Model):
    """Something one person should know or do; shown under "Việc của tôi" until read or done."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=160, db_index=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)  # where to act, without the host
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "done_at", "due_on"], name="notice_waiting")]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One notice by one channel. The address is looked up when it is sent, never stored here."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=False) | ~models.Q(state=DeliveryState.SENT), name="delivery_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class RestoreProof(models.Model):
    """A backup was unpacked beside the site and every row and file had the hash it was saved with."""

    proved_at = models.DateTimeField()
    backup_made_at = models.DateTimeField()
    rows_hash = models.CharField(max_length=64)
    files_hash = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    files = models.PositiveBigIntegerField()
    seconds = models.PositiveIntegerField(help_text="how long the restore took")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(proved_at__gte=models.F("backup_made_at")), name="restore_proof_after_backup")
        ]

    def __str__(self) -> str:
        return f"{self.proved_at:%Y-%m-%d}"


class DailyHead(models.Model):
    """Where the audit chain ended on a day: published, and sent to witnesses outside who keep it (TRUST.md section 3)."""

    day = models.DateField(unique=True)
    n = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)  # to every witness; empty while the mail server is away or nobody is named

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(n__gt=0), name="daily_head_has_entry")]

    def __str__(self) -> str:
        return f"{self.day} {self.n}"
