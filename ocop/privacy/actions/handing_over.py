"""Everything held of one person in one ZIP: the data as JSON, the files as they are, and a page that says what is what."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.person import Holding, PersonKeys
from ocop.people.actions.refusal import demand
from ocop.people.queries import names_by_id
from ocop.privacy import policies, queries
from ocop.privacy.actions.requests import subject_of
from ocop.privacy.models import DataRequest
from ocop.records.actions import record_access
from ocop.records.models import StoredFile

DATA, ABOUT, FILES = "du-lieu.json", "doc-truoc.txt", "tep/"


@transaction.atomic
def export_person(
    *, actor: Actor, keys: PersonKeys, at: datetime, target: IO[bytes] | Path, request: DataRequest | None = None
) -> dict[str, int]:
    """Write the ZIP to `target`; the reading is logged. Returns how much of each kind it holds. Raises `Refused`."""
    demand(policies.can_carry_out(actor, request) if request else policies.can_handle_person(actor))
    known = queries.known_as(keys)
    held = queries.holdings_of(known)
    counts: dict[str, int] = {}
    for holding in held:
        counts[holding.what] = counts.get(holding.what, 0) + len(holding.rows)
    subject = subject_of(request) if request else "person:by-command"
    record_access(actor=actor, event="personal_data.exported", subject=subject, fields=sorted(counts), at=at)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ABOUT, _about(at))
        archive.writestr(DATA, json.dumps(_data(held, at), ensure_ascii=False, indent=1, default=_plain))
        for key in sorted({key for holding in held for key in holding.file_keys}):
            _add_file(archive, key)
    return counts


def _data(held: list[Holding], at: datetime) -> dict[str, Any]:
    """Rows by kind; who read or did something is named, since that is the person's to know."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for holding in held:
        by_kind.setdefault(holding.what, []).extend(holding.rows)
    acting = {row["actor_id"] for rows in by_kind.values() for row in rows if row.get("actor_id")}
    names = names_by_id(acting)
    for rows in by_kind.values():
        for row in rows:
            if "actor_id" in row:
                row["actor"] = names.get(row["actor_id"], "")
    return {"made_at": at, "held": by_kind}


def _add_file(archive: zipfile.ZipFile, key: str) -> None:
    stored = StoredFile.objects.get(key=key)
    with default_storage.open(str(stored.blob.name), "rb") as blob, archive.open(f"{FILES}{key}-{stored.name}", "w") as member:
        while chunk := blob.read(1024 * 1024):
            member.write(chunk)


def _about(at: datetime) -> str:
    return _(
        "Dữ liệu cá nhân mà hệ thống OCOP đang giữ về bạn, lập ngày %(day)s.\n\n"
        '%(data)s: mọi dữ liệu, theo từng loại. Mục "reading" cho biết ai đã xem dữ liệu của bạn và khi nào; mục "act" là những việc\n'
        "được ghi dưới tài khoản của bạn.\n"
        "%(files)s: các tệp bạn đã gửi.\n\n"
        "Mật khẩu và khóa bí mật không có ở đây: hệ thống chỉ giữ dạng không đọc lại được.\n"
    ) % {"day": f"{at:%d/%m/%Y}", "data": DATA, "files": FILES}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
