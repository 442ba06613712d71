"""Demo accounts: two for each role in different organisations, and a few for single errands. Plainly fictitious, every row marked.

The passwords are public on purpose; production settings refuse to load any of this.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.people.actions import create_user, grant_mandate, load_offices
from ocop.people.enums import OfficeKind, Role
from ocop.people.models import Invitation, Mandate, Office, User
from ocop.people.rules import digest_of_token

NORMAL, LOCKOUT = "normal", "lockout"
_SINCE = date(2025, 7, 1)


class DemoRefused(Exception):
    """Demo accounts have public passwords; a production site must not hold them."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One row of `manage.py demo_accounts`. `places` are (role, office key or subject), the first is the role shown."""

    role: str
    organisation: str
    username: str
    password: str
    purpose: str
    full_name: str
    phone: str
    places: tuple[tuple[str, str], ...]


# A second body where the province has only one, so that each role has two organisations.
DEMO_OFFICES: tuple[tuple[str, str, str], ...] = (
    ("demo-co-quan-ocop-2", "Cơ quan OCOP thứ hai (demo)", OfficeKind.OCOP_OFFICE),
    ("demo-hoi-dong-2", "Hội đồng OCOP thứ hai (demo)", OfficeKind.COUNCIL),
    ("demo-to-tu-van-2", "Tổ tư vấn thứ hai (demo)", OfficeKind.ADVISORY_TEAM),
    ("demo-thanh-tra-2", "Thanh tra sở (demo)", OfficeKind.INSPECTORATE),
)

_OCOP = ("co-quan-ocop-thai-nguyen", "Cơ quan tham mưu quản lý OCOP tỉnh Thái Nguyên")
_OCOP_2 = DEMO_OFFICES[0][:2]
_COUNCIL = ("hoi-dong-thai-nguyen", "Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Thái Nguyên")
_COUNCIL_2 = DEMO_OFFICES[1][:2]
_TEAM = ("to-tu-van-thai-nguyen", "Tổ tư vấn giúp việc Hội đồng OCOP tỉnh Thái Nguyên")
_TEAM_2 = DEMO_OFFICES[2][:2]
_INSPECTORS = ("thanh-tra-thai-nguyen", "Thanh tra tỉnh Thái Nguyên")
_INSPECTORS_2 = DEMO_OFFICES[3][:2]
_PROVINCE = ("ubnd-thai-nguyen", "UBND tỉnh Thái Nguyên")
_TRADE = ("so-cong-thuong-thai-nguyen", "Sở Công Thương tỉnh Thái Nguyên")
_PROMOTION = ("xuc-tien-thai-nguyen", "Trung tâm Xúc tiến thương mại tỉnh Thái Nguyên")
_CON_MINH = ("ubnd-xa-con-minh-02185", "UBND xã Côn Minh")
_DONG_PHUC = ("ubnd-xa-dong-phuc-01933", "UBND xã Đồng Phúc")
_XUAN_DUONG = ("ubnd-xa-xuan-duong-02191", "UBND xã Xuân Dương")


def _account(number: int, role: str, where: tuple[str, str], username: str, full_name: str, purpose: str = NORMAL) -> DemoAccount:
    """Numbers make phones and passwords that no real person has: 0900 000 0NN and a phrase of everyday words."""
    return DemoAccount(
        role=role,
        organisation=where[1],
        username=f"{username}@demo.ocop.vn",
        password=f"suong-som-ven-nuong-{number:02d}",
        purpose=purpose,
        full_name=full_name,
        phone=f"+849000000{number:02d}",
        places=((role, where[0]),),
    )


ACCOUNTS: tuple[DemoAccount, ...] = (
    _account(1, Role.PRODUCER, ("producer:demo-htx-con-minh", "HTX mẫu Côn Minh (demo)"), "chu-the-1", "Nguyễn Thị Demo Một"),
    _account(2, Role.PRODUCER, ("producer:demo-htx-dong-phuc", "HTX mẫu Đồng Phúc (demo)"), "chu-the-2", "Triệu Văn Demo Hai"),
    _account(3, Role.COMMUNE_OFFICER, _CON_MINH, "can-bo-xa-1", "Hoàng Thị Demo Ba"),
    _account(4, Role.COMMUNE_OFFICER, _DONG_PHUC, "can-bo-xa-2", "Nông Văn Demo Bốn"),
    _account(5, Role.OCOP_OFFICER, _OCOP, "can-bo-ocop-1", "Lý Thị Demo Năm"),
    _account(6, Role.OCOP_OFFICER, _OCOP_2, "can-bo-ocop-2", "Đàm Văn Demo Sáu"),
    _account(7, Role.ADVISORY_MEMBER, _TEAM, "to-tu-van-1", "Bàn Thị Demo Bảy"),
    _account(8, Role.ADVISORY_MEMBER, _TEAM_2, "to-tu-van-2", "Ma Văn Demo Tám"),
    _account(9, Role.COUNCIL_MEMBER, _COUNCIL, "thanh-vien-1", "Hà Thị Demo Chín"),
    _account(10, Role.COUNCIL_MEMBER, _COUNCIL_2, "thanh-vien-2", "Lường Văn Demo Mười"),
    _account(11, Role.CHAIR, _COUNCIL, "chu-tich-hoi-dong-1", "Phùng Thị Demo Mười Một"),
    _account(12, Role.CHAIR, _COUNCIL_2, "chu-tich-hoi-dong-2", "Đặng Văn Demo Mười Hai"),
    _account(13, Role.SECRETARY, _COUNCIL, "thu-ky-1", "Vi Thị Demo Mười Ba"),
    _account(14, Role.SECRETARY, _COUNCIL_2, "thu-ky-2", "Sầm Văn Demo Mười Bốn"),
    _account(15, Role.LEADER, _PROVINCE, "lanh-dao-1", "Dương Thị Demo Mười Lăm"),
    _account(16, Role.LEADER, _TRADE, "lanh-dao-2", "Cao Văn Demo Mười Sáu"),
    _account(17, Role.PROMOTION_OFFICER, _PROMOTION, "xuc-tien-1", "Trần Thị Demo Mười Bảy"),
    _account(18, Role.PROMOTION_OFFICER, _TRADE, "xuc-tien-2", "Lê Văn Demo Mười Tám"),
    _account(19, Role.KEEPER, ("sales_point:demo-diem-ban-1", "Điểm bán demo số 1"), "diem-ban-1", "Phạm Thị Demo Mười Chín"),
    _account(20, Role.KEEPER, ("sales_point:demo-diem-ban-2", "Điểm bán demo số 2"), "diem-ban-2", "Vũ Văn Demo Hai Mươi"),
    _account(21, Role.BUYER, ("buyer:demo-sieu-thi", "Siêu thị demo"), "ben-mua-1", "Đỗ Thị Demo Hai Mốt"),
    _account(22, Role.BUYER, ("buyer:demo-nha-hang", "Nhà hàng demo"), "ben-mua-2", "Bùi Văn Demo Hai Hai"),
    _account(23, Role.INSPECTOR, _INSPECTORS, "thanh-tra-1", "Ngô Thị Demo Hai Ba"),
    _account(24, Role.INSPECTOR, _INSPECTORS_2, "thanh-tra-2", "Tô Văn Demo Hai Bốn"),
    _account(25, Role.ADMINISTRATOR, _OCOP, "quan-tri-1", "Mai Thị Demo Hai Lăm"),
    _account(26, Role.ADMINISTRATOR, _TRADE, "quan-tri-2", "Chu Văn Demo Hai Sáu"),
    _account(27, Role.BUYER, ("buyer:demo-khoa-thu", "Bên mua demo để thử khóa"), "thu-khoa", "Demo Thử Khóa", LOCKOUT),
)

_HATS = _account(28, Role.COMMUNE_OFFICER, _XUAN_DUONG, "hai-vai", "Lục Thị Demo Hai Vai")

# For single errands; not in the role table, which has two a role.
TWO_HATS = DemoAccount(
    role=_HATS.role,
    organisation=_HATS.organisation,
    username=_HATS.username,
    password=_HATS.password,
    purpose=NORMAL,
    full_name=_HATS.full_name,
    phone=_HATS.phone,
    places=(*_HATS.places, (Role.ADVISORY_MEMBER, _TEAM[0])),
)
CLAIMANT = DemoAccount(
    role="",
    organisation="",
    username="xin-giu-trang@demo.ocop.vn",
    password="suong-som-ven-nuong-29",  # noqa: S106 (public on purpose)
    purpose=NORMAL,
    full_name="Quách Văn Demo Xin Giữ Trang",
    phone="+84900000029",
    places=(),
)
WITHOUT_EMAIL = DemoAccount(
    role=Role.PRODUCER,
    organisation="Cơ sở mẫu Xuân Dương (demo)",
    username="+84900000030",
    password="suong-som-ven-nuong-30",  # noqa: S106 (public on purpose)
    purpose=NORMAL,
    full_name="Nông Thị Demo Không Thư",
    phone="+84900000030",
    places=((Role.PRODUCER, "producer:demo-co-so-xuan-duong"),),
)
# An invitation nobody has taken up, so that its page can be walked through; public like the passwords.
DEMO_TOKEN = "loi-moi-demo-ai-cung-biet"  # noqa: S105
_INVITATION_LIVES = timedelta(days=3650)

OTHER_ACCOUNTS: tuple[DemoAccount, ...] = (TWO_HATS, CLAIMANT, WITHOUT_EMAIL)


@transaction.atomic
def seed_people(*, actor: Actor, at: datetime) -> dict[str, User]:
    """Load offices and every demo account; returns them by username. Idempotent. Raises `DemoRefused` in production."""
    if settings.IS_PRODUCTION:
        raise DemoRefused("OCOP_MODE=production: demo accounts are not loaded.")
    load_offices(actor=actor, at=at)
    province = Office.objects.select_related("unit").get(key=_PROVINCE[0]).unit
    for key, name, kind in DEMO_OFFICES:
        Office.objects.get_or_create(key=key, defaults={"name": name, "kind": kind, "unit": province, "is_demo": True})
    people = {account.username: _person(account, actor=actor, at=at) for account in (*ACCOUNTS, *OTHER_ACCOUNTS)}
    User.objects.filter(is_demo=True).update(needs_new_password=False)  # their passwords suit officials from the start
    _invite(people[ACCOUNTS[4].username], at)
    return people


def _invite(sender: User, at: datetime) -> None:
    office = Office.objects.get(key=_TEAM_2[0])
    row = {
        "address": "duoc-moi@demo.ocop.vn",
        "full_name": "Người Được Mời Demo",
        "role": Role.ADVISORY_MEMBER,
        "office": office,
        "invited_by": sender,
        "invited_at": at,
        "expires_at": at + _INVITATION_LIVES,
    }
    Invitation.objects.get_or_create(token_hash=digest_of_token(DEMO_TOKEN), defaults=row)


def _person(account: DemoAccount, *, actor: Actor, at: datetime) -> User:
    user = User.objects.filter(username=account.username).first()
    if user is None:
        user = create_user(
            actor=actor,
            full_name=account.full_name,
            password=account.password,
            at=at,
            phone=account.phone,
            email=account.username if "@" in account.username else None,
            is_email_verified=True,
            is_demo=True,
        )
        user.wants_email = False  # nobody reads the mail of a demo address
        user.save(update_fields=["wants_email"])
    for role, place in account.places:
        office = Office.objects.select_related("unit").filter(key=place).first()
        subject = "" if office else place
        if not Mandate.objects.filter(user=user, role=role, office=office, subject=subject).exists():
            grant_mandate(
                actor=actor,
                user=user,
                role=role,
                valid_from=min(_SINCE, localdate(at)),
                at=at,
                office=office,
                subject=subject,
                subject_name="" if office else account.organisation,
            )
    return user
