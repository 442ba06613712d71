"""Who may take requests about personal data, and who may carry them out."""

from datetime import date

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.person import PersonKeys
from ocop.core.verdict import YES, Verdict, no
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.people.policies import can_erase_account
from ocop.privacy.enums import REQUEST_MOVES, RequestState
from ocop.privacy.models import DataRequest

TAKERS = frozenset({Role.ADMINISTRATOR, Role.OCOP_OFFICER})


def can_take_requests(actor: Actor) -> Verdict:
    """See the list, write a request down, say that it was answered."""
    if actor.role in TAKERS or actor.system:
        return YES
    return no(_("Yêu cầu về dữ liệu cá nhân do cơ quan OCOP và người quản trị nhận."))


def can_answer(actor: Actor, request: DataRequest) -> Verdict:
    if not (verdict := can_take_requests(actor)):
        return verdict
    if request.state not in REQUEST_MOVES[RequestState.ANSWERED]:
        return no(_("Yêu cầu này đã được trả lời hoặc đã đóng."))
    return YES


def can_carry_out(actor: Actor, request: DataRequest) -> Verdict:
    """Hand the data over, erase, close: the administrator, while the request is open."""
    if not (verdict := can_handle_person(actor)):
        return verdict
    if request.state not in REQUEST_MOVES[RequestState.DONE]:
        return no(_("Yêu cầu này đã đóng."))
    return YES


def can_handle_person(actor: Actor) -> Verdict:
    """Gather everything held of one person: the administrator, or whoever runs the machine."""
    if actor.role == Role.ADMINISTRATOR or actor.system:
        return YES
    return no(_("Chỉ người quản trị xuất hoặc xóa được dữ liệu cá nhân."))


def can_erase(actor: Actor, keys: PersonKeys, on: date) -> Verdict:
    """Every account of the person must allow it; `keys` come from `queries.known_as`."""
    if not (verdict := can_handle_person(actor)):
        return verdict
    for user in User.objects.filter(pk__in=keys.user_ids).order_by("pk"):
        if not (verdict := can_erase_account(actor, user=user, on=on)):
            return verdict
    return YES
