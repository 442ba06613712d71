"""Places to see and to stay."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ocop.register.models import TourismSite
from ocop.register.queries.open_data import open_sites
from ocop.web.portal.pages.open_data.data_set import (
    CC_BY,
    PLACE_FIELDS,
    SOURCE_FIELDS,
    DataSet,
    Field,
    Geometry,
    Row,
    place_of,
    point,
    source_of,
)


def _site_rows(on: date) -> Iterator[Row]:
    for site in open_sites():
        yield _site(site)


def _site(site: TourismSite) -> Row:
    return (
        site.key,
        site.name,
        site.name_en,
        site.kind,
        site.village,
        *place_of(site.commune_now, site.unit),
        site.product.public_id if site.product and site.product.is_published and not site.product.is_demo else "",
        site.lat,
        site.lon,
        site.coord_basis,
        f"{settings.SITE_URL}/du-lich/{site.key}/",
        *source_of(site),
    )


def _site_points() -> Mapping[str, Geometry]:
    return {site.key: point(site.lat, site.lon) for site in open_sites()}


TOURISM_SITES = DataSet(
    name="tourism-sites",
    title=_("Điểm du lịch"),
    about=_("Điểm tham quan và nơi lưu trú vùng Bắc Kạn. Cột coord_basis nói tọa độ là của chính điểm hay chỉ của trung tâm xã cũ."),
    source=_("Báo chí và trang của cơ quan nhà nước; địa chỉ nguồn ở từng dòng."),
    licence=CC_BY,
    fields=(
        Field("site_key", "string", _("Mã điểm, không đổi."), is_key=True),
        Field("name_vi", "string", _("Tên tiếng Việt.")),
        Field("name_en", "string", _("Tên tiếng Anh, nếu có.")),
        Field("kind", "string", _("Loại điểm theo nguồn.")),
        Field("village", "string", _("Thôn, bản.")),
        *PLACE_FIELDS,
        Field("product_id", "string", _("Sản phẩm OCOP của điểm, khớp với bộ register.")),
        Field("lat", "number", _("Vĩ độ, WGS 84."), unit="°"),
        Field("lon", "number", _("Kinh độ, WGS 84."), unit="°"),
        Field("coord_basis", "string", _("Tọa độ của cái gì; old_commune_centre là trung tâm xã cũ, không phải chính điểm.")),
        Field("page", "string", _("Trang của điểm.")),
        *SOURCE_FIELDS,
    ),
    rows=_site_rows,
    counted=open_sites,
    shapes=_site_points,
    events=frozenset({"register.loaded"}),
    theme="REGI",
    keywords=("du lịch", "Ba Bể", "Bắc Kạn", "homestay"),
)
