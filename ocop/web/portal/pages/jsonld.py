"""A product for search engines: schema.org Product, with its Certification only while the star may be used."""

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from ocop.register.enums import DatePrecision, PriceKind
from ocop.register.queries.portal_parts import ProductPage, RecognitionLine
from ocop.web.portal.pages.product_page import ProductView, governing_recognition
from ocop.web.portal.pages.star import authority_words

# As django.utils.html.json_script does it: nothing in the data can end the element or begin another.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


def product_jsonld(view: ProductView) -> SafeString:
    """The JSON of the page's data block."""
    whole = {"@context": "https://schema.org", **_product(view)}
    return SafeString(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def absolute(path: str) -> str:
    """An address of this site as others reach it."""
    return path if path.startswith("http") else f"{settings.SITE_URL}{path}"


def _product(view: ProductView) -> dict[str, Any]:
    page = view.page
    product: dict[str, Any] = {
        "@type": "Product",
        "@id": absolute(view.address),
        "url": absolute(view.address),
        "name": view.name.text,
        "productID": page.product.public_id,
        "image": [absolute(picture.src) for picture in (view.first, *view.thumbs) if not picture.is_drawing],
        "description": view.description.text,
        "category": view.group,
        "manufacturer": _maker(view),
        "award": [f"{award.name} ({award.year})" for award in page.parts.awards],
        "gtin13": _gtin(page),
        "offers": _offers(view),
        "hasCertification": _certification(view),
    }
    return {name: value for name, value in product.items() if value}


def _maker(view: ProductView) -> dict[str, Any] | None:
    maker = view.page.maker
    if maker is None:
        return None
    organisation: dict[str, Any] = {"@type": "Organization", "name": maker.name}
    if view.page.place.commune:
        organisation["address"] = {"@type": "PostalAddress", "addressLocality": view.page.place.commune, "addressCountry": "VN"}
    return organisation


def _gtin(page: ProductPage) -> str:
    """The one barcode of a product with one pack: a number of a pack is no number of the product."""
    numbers = {variant.gtin for variant in page.parts.variants}
    return numbers.pop() if len(numbers) == 1 else ""


def _offers(view: ProductView) -> dict[str, Any] | None:
    """What the maker says it costs at the maker's; the portal itself sells nothing."""
    prices = [
        price.amount
        for variant in view.page.parts.variants
        for price in variant.prices
        if price.kind == PriceKind.RETAIL and not price.is_demo
    ]
    maker = view.page.maker
    if not prices or maker is None:
        return None
    seller = {"@type": "Organization", "name": maker.name}
    return {"@type": "AggregateOffer", "priceCurrency": "VND", "lowPrice": min(prices), "highPrice": max(prices), "seller": seller}


def _certification(view: ProductView) -> dict[str, Any] | None:
    line = governing_recognition(view.page)
    if not view.star.is_usable or line is None:
        return None
    standing = view.page.standing
    certification: dict[str, Any] = {
        "@type": "Certification",
        "name": f"OCOP {view.star.count} sao" if view.star.count else "OCOP",
        "certificationStatus": "https://schema.org/CertificationActive",
        "certificationIdentification": line.decision_no,
        "issuedBy": {"@type": "Organization", "name": authority_words(line)} if authority_words(line) else None,
        "validFrom": _valid_from(line),
        "expires": _last_day(standing.until),
        "certificationRating": {"@type": "Rating", "ratingValue": view.star.count, "bestRating": 5} if view.star.count else None,
    }
    return {name: value for name, value in certification.items() if value}


def _valid_from(line: RecognitionLine) -> str:
    """The first day, where it is known to the day."""
    if line.valid_from and line.recognised_precision in (DatePrecision.DAY, DatePrecision.UNKNOWN):
        return line.valid_from.isoformat()
    return line.recognised_on.isoformat() if line.recognised_on and line.recognised_precision == DatePrecision.DAY else ""


def _last_day(until: date | None) -> str:
    return (until - timedelta(days=1)).isoformat() if until else ""
