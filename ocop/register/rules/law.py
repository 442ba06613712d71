"""What Decision 26/2026/QĐ-TTg says of terms, withdrawals and the papers behind a star."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ocop.core.dates import add_months
from ocop.core.verdict import YES, Verdict, no
from ocop.register.enums import WithdrawalAuthority

CERTIFICATE_MONTHS: Final = 36  # Art. 4.3
EXTENSION_DAYS: Final = 180  # Art. 12.3
RENEWAL_EARLIEST, RENEWAL_LATEST = 180, 120  # days before the end, Art. 7.6a
REPORT_WORKING_DAYS: Final = 15  # an answer to the public, as long as the commune's own clock of Art. 7.2 (product decision)
_WITHDRAWABLE: Final = {  # Art. 8.2
    3: WithdrawalAuthority.PROVINCE_CHAIRMAN,
    4: WithdrawalAuthority.PROVINCE_CHAIRMAN,
    5: WithdrawalAuthority.MINISTER,
}
_AUTHORITY_WORDS: Final = {
    WithdrawalAuthority.PROVINCE_CHAIRMAN: "Chủ tịch UBND cấp tỉnh",
    WithdrawalAuthority.MINISTER: "Bộ trưởng Bộ Nông nghiệp và Môi trường",
}


def certificate_end(issued_on: date) -> date:
    """The exclusive end of a certificate: the same day 36 months after it was issued (Art. 4.3)."""
    return add_months(issued_on, CERTIFICATE_MONTHS)


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """The first and the last day to hand in a dossier of re-evaluation."""

    first: date
    last: date


def renewal_window(valid_to: date) -> RenewalWindow:
    """Not earlier than 180 and not later than 120 days before the certificate's last day (Art. 7.6a). `valid_to` is exclusive."""
    last_day = valid_to - timedelta(days=1)
    return RenewalWindow(last_day - timedelta(days=RENEWAL_EARLIEST), last_day - timedelta(days=RENEWAL_LATEST))


def extension_limit(valid_to: date) -> date:
    """The last possible exclusive end of an extension: 180 days after the certificate's own (Art. 12.3)."""
    return valid_to + timedelta(days=EXTENSION_DAYS)


def withdrawal_authority(stars: int) -> str:
    """Who may withdraw a star of this class (Art. 8.2). Raises ValueError for a class that no certificate has."""
    try:
        return _WITHDRAWABLE[stars]
    except KeyError:
        raise ValueError(f"a certificate has 3, 4 or 5 stars, not {stars}") from None


def check_withdrawal(*, stars: int | None, authority: str, withdrawn_on: date, recognised_on: date | None, today: date) -> Verdict:
    """May a signed withdrawal be written down so? Art. 8.2 says by whom."""
    if stars not in _WITHDRAWABLE:
        return no("Chưa rõ hạng sao của lần công nhận này. Hãy ghi hạng sao trước khi ghi quyết định thu hồi.")
    rightful = _WITHDRAWABLE[stars]
    if authority != rightful:
        return no(f"Sản phẩm {stars} sao do {_AUTHORITY_WORDS[rightful]} quyết định thu hồi (Điều 8 khoản 2). Hãy kiểm tra lại người ký.")
    if withdrawn_on > today:
        return no("Ngày thu hồi ở tương lai. Hãy ghi khi quyết định đã có hiệu lực.")
    if recognised_on is not None and withdrawn_on < recognised_on:
        return no("Ngày thu hồi trước ngày công nhận. Hãy kiểm tra lại hai ngày.")
    return YES


def check_extension(*, valid_to: date | None, extended_until: date) -> Verdict:
    """May a certificate run on until before `extended_until`? At most 180 days after its own end (Art. 12.3)."""
    if valid_to is None:
        return no("Chưa rõ ngày hết hạn của giấy chứng nhận, nên chưa tính được thời gian kéo dài.")
    if extended_until <= valid_to:
        return no("Ngày kéo dài phải sau ngày hết hạn của giấy chứng nhận.")
    if extended_until > extension_limit(valid_to):
        last = extension_limit(valid_to) - timedelta(days=1)
        return no(f"Chỉ kéo dài được không quá 180 ngày, đến hết {last.day}/{last.month}/{last.year} (Điều 12 khoản 3).")
    return YES


@dataclass(frozen=True, slots=True)
class Signed:
    """What an officer copies from a signed decision. `valid_to` is exclusive, None where no end is printed."""

    stars: int
    signed_on: date
    valid_to: date | None
    decision_no: str
    is_without_number: bool


def check_decision(signed: Signed, *, today: date) -> Verdict:
    """May a signed recognition be written down so? A missing number must be said, not forgotten (product decision)."""
    if signed.stars not in _WITHDRAWABLE:
        return no("Giấy chứng nhận OCOP chỉ có 3, 4 hoặc 5 sao.")
    if signed.signed_on > today:
        return no("Ngày ký ở tương lai. Hãy ghi khi quyết định đã được ký.")
    if signed.valid_to is not None and signed.valid_to <= signed.signed_on:
        return no("Ngày hết hạn phải sau ngày công nhận.")
    if not signed.decision_no and not signed.is_without_number:
        return no("Hãy ghi số quyết định, hoặc đánh dấu “chưa tìm thấy số quyết định”.")
    if signed.decision_no and signed.is_without_number:
        return no("Đã có số quyết định thì bỏ dấu “chưa tìm thấy số quyết định”.")
    return YES
