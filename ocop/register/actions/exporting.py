"""Handing the register out as a spreadsheet."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.papers.sheets import xlsx
from ocop.records.actions import record_access
from ocop.register import policies
from ocop.register.actions.refusals import demand
from ocop.register.queries.register_sheet import register_rows, register_sheet


@transaction.atomic
def export_register(*, actor: Actor, at: datetime, with_persons: bool) -> bytes:
    """The whole register in the provinces' layout, as XLSX; with the representatives' names and numbers only for who may read them.

    That reading leaves its entry in the access log. Raises `Refused`.
    """
    today = localdate(at)
    if with_persons:
        demand(policies.can_export_persons(actor))
        fields = ["representative", "phone", "home_address"]
        record_access(actor=actor, event="persons.exported", subject="register", fields=fields, at=at)
    sheet = register_sheet(today=today, source=_("Nguồn: sổ đăng ký sản phẩm OCOP"))
    return xlsx(sheet, register_rows(today=today, with_persons=with_persons))


def register_template(*, actor: Actor, at: datetime) -> bytes:
    """The empty table for those who begin: headers, stars to choose from, no row. Raises `Refused`."""
    demand(policies.can_take_in(actor))
    return xlsx(register_sheet(today=localdate(at), source=_("Mỗi dòng một sản phẩm. Cột cần có: tên sản phẩm, tên chủ thể.")), [])
