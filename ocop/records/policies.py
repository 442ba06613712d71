"""Who may read the record of who did what, and mend what could not be delivered."""

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.verdict import YES, Verdict, no
from ocop.records import rules


def can_read_audit(actor: Actor) -> Verdict:
    """May this person read the audit chain and the access log?"""
    if actor.role in rules.AUDIT_READERS:
        return YES
    return no(_("Chỉ quản trị viên và thanh tra xem được nhật ký. Nếu bạn có vai trò đó, hãy chuyển vai trò ở đầu trang."))


def can_retry_delivery(actor: Actor) -> Verdict:
    """May this person send a given-up delivery on its way again?"""
    if actor.role == rules.ADMINISTRATOR:
        return YES
    return no(_("Chỉ quản trị viên gửi lại được thông báo bị dừng."))
