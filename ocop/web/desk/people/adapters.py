"""What this house decides differently from allauth: who is asked what at sign-in, what is written down, how secrets are kept."""

import base64
import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.people import policies
from ocop.people.actions import note_recovery_codes, note_security_event, set_password
from ocop.people.models import User
from ocop.web.desk.people.lockout import client_ip

log = logging.getLogger("ocop.people")

_WRONG = _("Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử lần nữa.")

# allauth's notification mails, as events of the audit and titles of notices.
SECURITY_EVENTS = {
    "account/email/email_changed": ("user.email_changed", _("Thư điện tử của tài khoản đã đổi")),
    "account/email/email_deleted": ("user.email_removed", _("Đã gỡ một thư điện tử khỏi tài khoản")),
    "account/email/password_changed": ("user.password_notified", _("Mật khẩu của tài khoản đã đổi")),
    "account/email/password_reset": ("user.password_reset", _("Mật khẩu của tài khoản đã được đặt lại")),
    "account/email/password_set": ("user.password_notified", _("Mật khẩu của tài khoản đã đặt")),
    "mfa/email/totp_activated": ("factor.app_added", _("Đã bật ứng dụng xác thực cho tài khoản")),
    "mfa/email/totp_deactivated": ("factor.app_removed", _("Đã tắt ứng dụng xác thực của tài khoản")),
    "mfa/email/webauthn_added": ("factor.passkey_added", _("Đã thêm khóa truy cập cho tài khoản")),
    "mfa/email/webauthn_removed": ("factor.passkey_removed", _("Đã gỡ khóa truy cập của tài khoản")),
    "mfa/email/recovery_codes_generated": ("factor.codes_renewed", _("Đã tạo bộ mã khôi phục mới cho tài khoản")),
}


def display_name(user: User) -> str:
    return user.full_name


class ConfirmEmailStage(EmailVerificationStage):
    """An account opened with a phone number has no e-mail to confirm."""

    def handle(self) -> Any:
        if self.login.user and not self.login.user.email:
            return None, True
        return super().handle()


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in, passwords, mails."""

    error_messages = {**DefaultAccountAdapter.error_messages, "username_password_mismatch": _WRONG, "invalid_login": _WRONG}

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Axes counts wrong passwords (`lockout`); allauth's own count would answer first and without a time."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def get_login_stages(self) -> list[str]:
        theirs = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__name__}"
        ours = f"{ConfirmEmailStage.__module__}.{ConfirmEmailStage.__name__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def set_password(self, user: User, password: str) -> None:  # type: ignore[override]
        """Through the action: written down, and every other session of the person ends."""
        keep = context.request.session.session_key if context.request.user.is_authenticated else ""
        set_password(actor=Actor(user_id=user.pk), user=user, password=password, at=timezone.now(), keep_session=keep or "")

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:
        """The one sign allauth gives each time recovery codes were made."""
        if message_template == "mfa/messages/recovery_codes_generated.txt":
            note_recovery_codes(actor=Actor(user_id=request.user.pk), user=request.user, at=timezone.now())
        super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links lead to our own address, whatever host was asked; a mail server that is away must not turn a form into an error page."""
        ours = {name: _at_home(value) if name.endswith("_url") else value for name, value in context.items()}
        try:
            super().send_mail(template_prefix, email, ours)
        except (OSError, SMTPException):
            log.exception("mail not sent: %s", template_prefix)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:  # type: ignore[override]
        """allauth tells the owner of each change of factor, password or e-mail here: it is written down and noticed as well."""
        event, title = SECURITY_EVENTS[template_prefix]
        note_security_event(actor=Actor(user_id=user.pk), user=user, event=event, title=str(title), at=timezone.now())
        super().send_notification_mail(template_prefix, user, context, email)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets are kept encrypted, and an official's last factor stays."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        left = others.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
        return bool(policies.can_remove_factor(authenticator.user, on=localdate(), factors_left=left))

    def _get_site_name(self) -> str:
        return "OCOP Bắc Kạn"


def _at_home(url: str) -> str:
    """The same page under `SITE_URL`: allauth writes the host of the request, which a stranger may have chosen."""
    return settings.SITE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()


def _cipher() -> MultiFernet:
    """Keys drawn from the secret key, and from its predecessors so that a change of key locks nobody out."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(HKDF(hashes.SHA256(), 32, salt=None, info=b"ocop second factor secrets").derive(secret.encode()))
