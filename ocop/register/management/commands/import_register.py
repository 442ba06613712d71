"""Take a province's register in from a spreadsheet; without --commit only tell what would happen.

Exit 0 with the report, refused rows in it; exit 2 with one sentence for a file that is not read or an actor who may not.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.papers.tables import MAX_BYTES, UnreadableTable, read_tables
from ocop.people.enums import Role
from ocop.people.queries import actor_in_role, import_actor
from ocop.register.actions import Moved, NotFitting, Refused, commit_plan
from ocop.register.queries import plan_intake
from ocop.register.rules.intake import Outcome, find_register


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="where the report is written")
        parser.add_argument("--commit", action="store_true", help="write every row that is not refused")
        parser.add_argument(
            "--as", dest="username", metavar="USERNAME", help="an officer of the OCOP office; without it the account `import`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["report"]:
                options["report"].open("a").close()  # before anything is written elsewhere
            report = self._take(options["file"], _actor(options["username"]), commit=options["commit"])
            if options["report"]:
                options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except (UnreadableTable, Refused, NotFitting, Moved, OSError) as wrong:
            self.stderr.write(f"{options['file'].name}: {wrong}")
            sys.exit(2)

    def _take(self, path: Path, actor: Actor, *, commit: bool) -> dict[str, Any]:
        at = timezone.now()
        sheet = find_register(read_tables(_content(path)))
        if sheet is None:
            raise UnreadableTable(_("Không thấy bảng nào có cột “Tên sản phẩm” và “Tên chủ thể”."))
        plan = plan_intake(sheet, today=timezone.localdate(at))
        if commit:
            commit_plan(actor=actor, plan=plan, source_name=path.name, at=at)
        for remark in plan.remarks:
            self.stdout.write(remark)
        counts = ", ".join(f"{plan.count(outcome)} {outcome}" for outcome in Outcome)
        self.stdout.write(f"{len(plan.rows)} rows: {counts}{'' if commit else ' (nothing written; --commit writes)'}")
        return plan.report()


def _content(path: Path) -> bytes:
    """No more than a table may have; a device or a pipe has no end."""
    with path.open("rb") as source:
        return source.read(MAX_BYTES + 1)


def _actor(username: str | None) -> Actor:
    if username is None:
        return import_actor()
    actor = actor_in_role(username, Role.OCOP_OFFICER, timezone.localdate())
    if actor is None:
        raise Refused(_("“%(name)s” không phải tài khoản đang hoạt động của cơ quan OCOP cấp tỉnh.") % {"name": username})
    return actor
