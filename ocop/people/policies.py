"""May this actor do this to this person or mandate now, and if not, why? Reasons are sentences for the screen."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.verdict import YES, Verdict, no
from ocop.people import queries
from ocop.people.enums import Role
from ocop.people.models import ApiToken, FactorReset, Invitation, Mandate, User
from ocop.people.rules import API_ROLES, API_TOKENS_AT_MOST

# Whom each role may bring in or let go. The commune officer is bound to the producers of the own commune besides.
REACH: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.OCOP_OFFICER: frozenset(Role) - {Role.ADMINISTRATOR, Role.INSPECTOR},
    Role.COMMUNE_OFFICER: frozenset({Role.PRODUCER}),
}

# The machine that erases again after a restore: the backup may have brought an ended mandate back along with the person.
RESTORING = "restore"
# Who together bring back an official without second factor; never one alone.
FACTOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.OCOP_OFFICER})


def can_list_people(actor: Actor) -> Verdict:
    if actor.role in queries.ALL_SEEING_ROLES or actor.role == Role.COMMUNE_OFFICER:
        return YES
    return no(_("Danh sách người dùng dành cho cán bộ xã, cơ quan OCOP, thanh tra và quản trị."))


def can_invite(actor: Actor, *, role: str, unit_key: str | None = None) -> Verdict:
    """`unit_key` is the unit of the office, or of the commune where the subject sits; None if the caller has checked the place itself."""
    if actor.system:
        return YES
    if role not in REACH.get(actor.role, frozenset()):
        return no(_("Vai bạn đang đội không được mời hoặc giao vai này. Hãy nhờ cơ quan OCOP cấp tỉnh hoặc người quản trị."))
    if actor.role == Role.COMMUNE_OFFICER and unit_key is not None and unit_key != actor.unit_key:
        return no(_("Bạn chỉ mời được chủ thể của xã mình. Hãy nhờ cán bộ xã nơi chủ thể đặt trụ sở."))
    return YES


def can_grant(actor: Actor, *, user: User, role: str, unit_key: str | None = None) -> Verdict:
    """Nobody gives a capacity to themselves."""
    if actor.user_id == user.pk:
        return no(_("Bạn không tự giao vai cho mình. Hãy nhờ một người có thẩm quyền khác."))
    if not user.is_active:
        return no(_("Tài khoản này đã ngừng hoạt động."))
    return can_invite(actor, role=role, unit_key=unit_key)


def can_end_mandate(actor: Actor, *, mandate: Mandate, on: date, unit_key: str | None = None) -> Verdict:
    if mandate.valid_to is not None and mandate.valid_to <= on:
        return no(_("Vai này đã kết thúc."))
    if actor.user_id == mandate.user_id:
        return no(_("Bạn không tự kết thúc vai của mình. Hãy nhờ một người có thẩm quyền khác."))
    return can_invite(actor, role=mandate.role, unit_key=unit_key)


def can_revoke_invitation(actor: Actor, *, invitation: Invitation, at: datetime) -> Verdict:
    if not queries.invitation_is_open(invitation, at):
        return no(_("Lời mời này đã được nhận, đã rút hoặc đã hết hạn."))
    if actor.role == Role.ADMINISTRATOR or (actor.user_id == invitation.invited_by_id and actor.role in REACH):
        return YES
    return no(_("Chỉ người đã gửi lời mời và người quản trị rút được lời mời."))


def can_accept_invitation(invitation: Invitation, *, at: datetime) -> Verdict:
    if invitation.accepted_at is not None:
        return no(_("Lời mời này đã được nhận. Hãy đăng nhập bằng tài khoản đã mở."))
    if invitation.revoked_at is not None:
        return no(_("Lời mời này đã được rút. Hãy hỏi lại người đã mời bạn."))
    if invitation.expires_at <= at:
        return no(_("Lời mời này đã hết hạn. Hãy xin người đã mời bạn gửi lời mời mới."))
    if not invitation.invited_by.is_active:
        return no(_("Người gửi lời mời này không còn làm việc. Hãy xin lời mời mới."))
    return YES


def can_issue_reset(actor: Actor, *, user: User, on: date, unit_key: str | None = None) -> Verdict:
    """A one-time code, handed over face to face: only for people without e-mail, never for officials, never for oneself."""
    if actor.user_id == user.pk:
        return no(_("Bạn không tự cấp mã cho mình."))
    if actor.role != Role.COMMUNE_OFFICER:
        return no(_("Chỉ cán bộ xã cấp được mã đặt lại mật khẩu, sau khi gặp người xin cấp."))
    if not user.is_active:
        return no(_("Tài khoản này đã ngừng hoạt động."))
    if user.email:
        return no(_("Người này có thư điện tử. Hãy hướng dẫn họ dùng “Quên mật khẩu” ở trang đăng nhập."))
    if queries.is_official(user, on):
        return no(_("Cán bộ không đặt lại mật khẩu bằng mã của xã. Hãy liên hệ người quản trị."))
    if unit_key != actor.unit_key:
        return no(_("Bạn chỉ cấp mã cho người của xã mình."))
    return YES


def can_take_up(invitation: Invitation, *, user: User) -> Verdict:
    """An invitation gives nothing to the person who sent it, nor to an account that was ended."""
    if user.pk == invitation.invited_by_id:
        return no(_("Bạn không tự nhận lời mời mình đã gửi. Hãy đăng xuất rồi mở lại liên kết."))
    return YES if user.is_active else no(_("Tài khoản này đã ngừng hoạt động."))


def reset_still_fits(user: User, *, on: date) -> Verdict:
    """Between issue and use the person may have become an official or given an e-mail: then the ordinary ways count."""
    if queries.is_official(user, on) or user.email:
        return no(_("Hãy dùng “Quên mật khẩu” ở trang đăng nhập hoặc liên hệ người quản trị."))
    return YES


def can_switch_hat(user: User, *, mandate: Mandate, on: date) -> Verdict:
    if mandate.user_id != user.pk:
        return no(_("Vai này không phải của bạn."))
    if not queries.mandate_holds(mandate, on):
        return no(_("Vai này không còn hiệu lực hôm nay."))
    return YES


def can_deactivate(actor: Actor, *, user: User) -> Verdict:
    if actor.role != Role.ADMINISTRATOR:
        return no(_("Chỉ người quản trị ngừng được tài khoản."))
    if actor.user_id == user.pk:
        return no(_("Bạn không tự ngừng tài khoản của mình."))
    if not user.is_active:
        return no(_("Tài khoản này đã ngừng hoạt động."))
    return YES


def can_reactivate(actor: Actor, *, user: User) -> Verdict:
    if actor.role != Role.ADMINISTRATOR:
        return no(_("Chỉ người quản trị mở lại được tài khoản."))
    if user.erased_at is not None:
        return no(_("Dữ liệu của người này đã được xóa theo yêu cầu. Hãy mời họ mở tài khoản mới."))
    if user.is_active:
        return no(_("Tài khoản này đang hoạt động."))
    if actor.user_id == user.pk:
        return no(_("Bạn không tự mở lại tài khoản của mình."))
    return YES


def can_erase_account(actor: Actor, *, user: User, on: date) -> Verdict:
    """Nobody in office is erased: first the mandate ends, so that the office knows."""
    if actor.user_id is not None and actor.role != Role.ADMINISTRATOR:
        return no(_("Chỉ người quản trị xóa được dữ liệu cá nhân."))
    if actor.user_id is None and not actor.system:
        return no(_("Chỉ người quản trị xóa được dữ liệu cá nhân."))
    if actor.user_id == user.pk:
        return no(_("Bạn không tự xóa tài khoản của mình. Hãy nhờ một người quản trị khác."))
    if queries.is_official(user, on) and actor.system != RESTORING:
        return no(_("Người này đang giữ vai cán bộ. Hãy kết thúc vai đó trước khi xóa dữ liệu."))
    return YES


def can_ask_factor_reset(actor: Actor, *, user: User, at: datetime) -> Verdict:
    """The first pair of eyes: somebody who has seen the official whose factors are lost."""
    if actor.role not in FACTOR_ROLES:
        return no(_("Chỉ cơ quan OCOP và người quản trị gỡ được bảo mật hai lớp của người khác."))
    if actor.user_id == user.pk:
        return no(_("Bạn không tự gỡ bảo mật hai lớp của mình theo cách này. Hãy nhờ một người khác."))
    if not user.is_active:
        return no(_("Tài khoản này đã ngừng hoạt động."))
    if not queries.has_second_factor(user):
        return no(_("Người này chưa bật bảo mật hai lớp, nên không có gì để gỡ."))
    if queries.open_factor_reset(user, at) is not None:
        return no(_("Đã có một yêu cầu đang chờ người thứ hai duyệt."))
    return YES


def can_approve_factor_reset(actor: Actor, *, reset: FactorReset, at: datetime) -> Verdict:
    """The second pair of eyes: neither who asked nor whom it is for."""
    if (verdict := can_refuse_factor_reset(actor, reset=reset, at=at)).allowed and actor.user_id == reset.asked_by_id:
        return no(_("Bạn là người gửi yêu cầu này. Phải có một người khác duyệt."))
    return verdict


def can_refuse_factor_reset(actor: Actor, *, reset: FactorReset, at: datetime) -> Verdict:
    """Whoever asked may take it back; anybody who could approve may refuse."""
    if actor.role not in FACTOR_ROLES:
        return no(_("Chỉ cơ quan OCOP và người quản trị duyệt được yêu cầu này."))
    if actor.user_id == reset.user_id:
        return no(_("Yêu cầu này là cho chính bạn. Phải có một người khác duyệt."))
    if reset.decided_at is not None or reset.expires_at <= at:
        return no(_("Yêu cầu này đã được duyệt, đã bị bác hoặc đã quá 24 giờ."))
    return YES


def needs_second_factor(user: User, on: date) -> bool:
    """Whether an official has yet to set up an app or a passkey; every hat counts, not only the one worn now. RELIABILITY P18."""
    return settings.SECOND_FACTOR_REQUIRED and queries.is_official(user, on) and not queries.has_second_factor(user)


def can_remove_factor(user: User, *, on: date, factors_left: int) -> Verdict:
    """`factors_left`: apps and passkeys that would remain."""
    if factors_left == 0 and settings.SECOND_FACTOR_REQUIRED and queries.is_official(user, on):
        return no(_("Cán bộ phải luôn có một lớp xác thực thứ hai. Hãy thêm cách khác trước khi gỡ cách này."))
    return YES


def can_create_api_token(actor: Actor, *, mandate: Mandate, on: date, at: datetime) -> Verdict:
    """A program under one of one's own mandates; nobody opens this door for somebody else."""
    if actor.user_id is None or mandate.user_id != actor.user_id:
        return no(_("Bạn chỉ tạo được khóa cho vai trò của chính mình."))
    if not queries.mandate_holds(mandate, on):
        return no(_("Vai này không còn hiệu lực hôm nay."))
    if mandate.role not in API_ROLES:
        return no(_("Vai trò này chưa có việc nào làm được qua API."))
    if queries.open_api_tokens_of(actor.user_id, at).count() >= API_TOKENS_AT_MOST:
        return no(_("Bạn đang có %(n)s khóa còn dùng được. Hãy thu hồi khóa không cần nữa.") % {"n": API_TOKENS_AT_MOST})
    return YES


def can_revoke_api_token(actor: Actor, *, token: ApiToken) -> Verdict:
    if actor.user_id is None or token.mandate.user_id != actor.user_id:
        return no(_("Khóa này không phải của bạn."))
    return no(_("Khóa này đã được thu hồi.")) if token.revoked_at is not None else YES


def api_token_is_good(token: ApiToken, *, at: datetime) -> Verdict:
    """Is it still the key it was? Whoever shows it holds the secret, so the answer may say why not."""
    if token.revoked_at is not None:
        return no(_("Khóa này đã được thu hồi."))
    if token.expires_at <= at:
        return no(_("Khóa này đã hết hạn. Hãy tạo khóa mới."))
    return YES if token.mandate.user.is_active else no(_("Tài khoản này đã ngừng hoạt động."))


def can_act_by_api_token(token: ApiToken, *, on: date) -> Verdict:
    """A good token acts for nobody once its mandate has ended, nor past a duty its holder has open on the screen."""
    if not queries.mandate_holds(token.mandate, on):
        return no(_("Vai trò của khóa này đã kết thúc."))
    if token.mandate.user.needs_new_password or needs_second_factor(token.mandate.user, on):
        return no(_("Hãy đăng nhập và hoàn tất mật khẩu mới hoặc bảo mật hai lớp trước khi dùng khóa này."))
    return YES
