"""E-mail by whatever `EMAIL_URL` names."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ocop.records.messengers.base import Message, NeverDeliverable, NotDelivered

_PERMANENT = range(500, 600)  # RFC 5321: a 5yz reply will not change by asking again


class EmailMessenger:
    def send(self, message: Message) -> None:
        """Send one plain-text mail. Its Message-ID comes from the key, so a mail sent twice by a crash is one mail to the reader."""
        mail = EmailMessage(
            subject=message.title,
            body=_text(message),
            to=[message.to],
            headers={"Message-ID": f"<{message.key}@{urlsplit(settings.SITE_URL).hostname}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _reply in error.recipients.values()]
            refusal = NeverDeliverable if codes and all(code in _PERMANENT for code in codes) else NotDelivered
            raise refusal(f"recipient refused ({', '.join(map(str, codes))})") from None  # the reply names the address
        except smtplib.SMTPResponseException as error:
            raise NotDelivered(f"mail server answered {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"mail server away: {type(error).__name__}") from None


def _text(message: Message) -> str:
    parts = [message.body or message.title]
    if message.link:
        parts.append(_("Mở trang: %(link)s") % {"link": message.link})
    parts.append(_("Thư này do hệ thống OCOP gửi tự động. Bạn xem mọi việc của mình ở trang Việc của tôi sau khi đăng nhập."))
    return "\n\n".join(parts) + "\n"
