"""What the records write: chain entries, access entries, files, notices, tokens."""

from ocop.records.actions.chain import NotInTransaction, record, record_access
from ocop.records.actions.erasure import erase_traces, forget_file_names
from ocop.records.actions.files import (
    FileAlreadyRemoved,
    erase_file,
    erase_stray_blob,
    make_renditions,
    remove_file,
    store_file,
)
from ocop.records.actions.heads import mail_head, seal_day
from ocop.records.actions.limits import Turn, count_turn, take_token
from ocop.records.actions.notices import NoticeNotFound, NotParked, deliver, finish_notices, read_notice, retry_delivery, send_notice
from ocop.records.actions.proofs import note_proof
from ocop.records.queries import file_facts
from ocop.records.readers import FileRefused

__all__ = [
    "FileAlreadyRemoved",
    "FileRefused",
    "NotInTransaction",
    "NotParked",
    "NoticeNotFound",
    "Turn",
    "count_turn",
    "deliver",
    "erase_file",
    "erase_stray_blob",
    "erase_traces",
    "file_facts",
    "finish_notices",
    "forget_file_names",
    "mail_head",
    "make_renditions",
    "note_proof",
    "read_notice",
    "record",
    "record_access",
    "remove_file",
    "retry_delivery",
    "seal_day",
    "send_notice",
    "store_file",
    "take_token",
]
