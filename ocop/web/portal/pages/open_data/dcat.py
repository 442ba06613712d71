"""The catalogue of the sets as DCAT-AP 3.0.1 in JSON-LD. The context is part of the file, so that reading it fetches nothing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ocop.people.enums import OfficeKind
from ocop.people.queries import offices
from ocop.places.queries import communes_with_outline
from ocop.places.rules import outer_and_inner_rings
from ocop.register.rules import PROGRAMME_START
from ocop.web.portal.pages.open_data.changes import last_changes
from ocop.web.portal.pages.open_data.data_set import CC_BY, MIT, DataSet
from ocop.web.portal.pages.open_data.files import CONTENT_TYPES, absolute, attribution
from ocop.web.portal.pages.open_data.schema import both
from ocop.web.portal.pages.open_data.sets import SETS

Node = dict[str, Any]

_EU: Final = "http://publications.europa.eu/resource/authority"
_AVAILABLE: Final = f"{_EU}/planned-availability/AVAILABLE"
_ATTRIBUTION: Final = "http://purl.org/adms/licencetype/Attribution"
_AUTHORITY: Final = "http://purl.org/adms/publishertype/RegionalAuthority"
_LABELS: Final = {_AVAILABLE: "Available", _ATTRIBUTION: "Attribution", _AUTHORITY: "Regional authority"}
_API_DESCRIPTION: Final = "/api/v1/openapi.json"
_THEMES: Final[Mapping[str, Promise]] = {
    "AGRI": _("Nông nghiệp, thực phẩm"),
    "ECON": _("Kinh tế"),
    "REGI": _("Vùng, địa phương"),
}
CONTEXT: Final[Mapping[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(on: date) -> Node:
    """Catalogue, sets, files and services, and the words of the vocabularies they use."""
    changed = {name: localdate(at) if at else None for name, at in last_changes().items()}
    services, area = list(_services()), _area(on)
    whole = {
        "@id": absolute("open_data_catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _said(_("Số liệu mở OCOP Bắc Kạn")),
        "dct:description": _said(_("Sổ sản phẩm OCOP, chủ thể, công nhận, điểm du lịch, đơn vị hành chính và chỉ số của vùng Bắc Kạn.")),
        "dct:publisher": _publisher(on),
        "dct:language": [_typed(f"{_EU}/language/{code}", "dct:LinguisticSystem") for code in ("VIE", "ENG")],
        "dct:license": {"@id": CC_BY.iri},
        "dct:issued": _day(PROGRAMME_START if not any(changed.values()) else min(filter(None, changed.values()))),
        "dct:modified": _day(max(filter(None, changed.values()), default=on)),
        "dct:spatial": area,
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "foaf:homepage": _typed(absolute("open_data"), "foaf:Document"),
        "dcat:dataset": [_data_set(data, on, changed[data.name], area) for data in SETS.values()],
        "dcat:service": [_ref(service) for service in services],
    }
    return {"@context": CONTEXT, "@graph": [whole, *services, *_vocabulary()]}


def _data_set(data: DataSet, on: date, modified_on: date | None, area: Node | None) -> Node:
    return {
        "@id": absolute("open_data_set", data.name),
        "@type": "dcat:Dataset",
        "dct:title": _said(data.title),
        "dct:description": _said(data.about),
        "dct:identifier": data.name,
        "dct:publisher": {"@id": _publisher_address()},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "skos:note": _said(data.source)},
        "dcat:contactPoint": _contact(),
        "dcat:keyword": [{"@value": word, "@language": "vi"} for word in data.keywords],
        "dcat:theme": {"@id": f"{_EU}/data-theme/{data.theme}"},
        "dct:accessRights": _typed(f"{_EU}/access-right/PUBLIC", "dct:RightsStatement"),
        "dct:accrualPeriodicity": _typed(f"{_EU}/frequency/{'CONT' if data.asks else 'IRREG'}", "dct:Frequency"),
        "dct:spatial": _ref(area) if area else None,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(PROGRAMME_START), "dcat:endDate": _day(on)},
        "dct:modified": _day(modified_on or on),
        "dcat:landingPage": _typed(absolute("open_data_set", data.name), "foaf:Document"),
        "dcat:distribution": [_distribution(data, ending) for ending in data.formats],
    }


def _distribution(data: DataSet, ending: str) -> Node:
    address = absolute(f"open_data_{ending}", data.name)
    media_type = CONTENT_TYPES[ending].partition(";")[0]
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": {"@value": f"{data.name}.{ending}", "@language": "en"},
        "dct:description": _said(data.about),
        "dcat:accessURL": {"@id": absolute("open_data_set", data.name)},
        "dcat:downloadURL": {"@id": address},
        "dct:format": _typed(f"{_EU}/file-type/{ending.upper()}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _typed(f"https://www.iana.org/assignments/media-types/{media_type}", "dct:MediaType"),
        "dct:license": {"@id": data.licence.iri},
        "dct:rights": {"@type": "dct:RightsStatement", "skos:note": {"@value": attribution(), "@language": "vi"}},
        "dcatap:availability": {"@id": _AVAILABLE},
        "dct:conformsTo": _typed(absolute("open_data_schema", data.name), "dct:Standard"),
    }


def _services() -> Iterator[Node]:
    """What answers questions one at a time: GS1 addresses, and the API where it is served."""
    yield _service(
        "/01/", "/.well-known/gs1resolver", "https://ref.gs1.org/standards/digital-link/", _("Địa chỉ GS1 Digital Link của sản phẩm")
    )
    try:
        resolve(_API_DESCRIPTION)
    except Resolver404:
        return
    yield _service("/api/v1/", _API_DESCRIPTION, "https://spec.openapis.org/oas/v3.1.0", _("API số liệu mở"))


def _service(address: str, description: str, standard: str, title: Promise) -> Node:
    return {
        "@id": f"{settings.SITE_URL}{address}",
        "@type": "dcat:DataService",
        "dct:title": _said(title),
        "dct:description": _said(title),
        "dcat:endpointURL": {"@id": f"{settings.SITE_URL}{address}"},
        "dcat:endpointDescription": {"@id": f"{settings.SITE_URL}{description}"},
        "dcat:servesDataset": {"@id": absolute("open_data_set", "register")},
        "dct:conformsTo": _typed(standard, "dct:Standard"),
        "dct:license": {"@id": CC_BY.iri},
        "dct:publisher": {"@id": _publisher_address()},
        "dcat:contactPoint": _contact(),
        "dcat:theme": {"@id": f"{_EU}/data-theme/AGRI"},
        "dcat:keyword": [{"@value": "OCOP", "@language": "vi"}],
    }


def _vocabulary() -> Iterator[Node]:
    title = {"@value": "Data theme", "@language": "en"}
    yield {"@id": f"{_EU}/data-theme", "@type": "skos:ConceptScheme", "dct:title": title}
    for code, words in _THEMES.items():
        scheme = {"@id": f"{_EU}/data-theme"}
        yield {"@id": f"{_EU}/data-theme/{code}", "@type": "skos:Concept", "skos:prefLabel": _said(words), "skos:inScheme": scheme}
    for iri, label in _LABELS.items():
        yield {"@id": iri, "@type": "skos:Concept", "skos:prefLabel": {"@value": label, "@language": "en"}}
    for licence in (CC_BY, MIT):
        yield _licence(licence.iri) | {"dct:title": {"@value": licence.name, "@language": "en"}}


# --- Parts ---


def _publisher(on: date) -> Node:
    """The province's OCOP office, by the name the register of offices has."""
    names = offices(on).filter(kind=OfficeKind.OCOP_OFFICE, is_demo=False).values_list("name", flat=True)
    name = {"@value": names.first() or "OCOP Bắc Kạn", "@language": "vi"}
    return {"@id": _publisher_address(), "@type": "foaf:Agent", "foaf:name": name, "dct:type": {"@id": _AUTHORITY}}


def _publisher_address() -> str:
    return absolute("about")


def _contact() -> Node:
    """The report form: it reaches an officer, and needs nobody's private address."""
    return {"@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": "OCOP Bắc Kạn", "vcard:hasURL": {"@id": absolute("report")}}


def _licence(iri: str) -> Node:
    return {"@id": iri, "@type": "dct:LicenseDocument", "dct:type": {"@id": _ATTRIBUTION}}


def _area(on: date) -> Node | None:
    """The box around the home communes of the day, as WKT (longitude first)."""
    points = [point for unit in communes_with_outline(on) for ring in outer_and_inner_rings(unit.boundary or {}) for point in ring]
    if not points:
        return None
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = ", ".join(f"{lon:.4f} {lat:.4f}" for lon, lat in corners)
    return {
        "@id": f"{absolute('communes')}#vung",
        "@type": "dct:Location",
        "skos:prefLabel": {"@value": "Bắc Kạn", "@language": "vi"},
        "dcat:bbox": {"@value": f"POLYGON(({box}))", "@type": "geo:wktLiteral"},
        "dcat:centroid": {"@value": f"POINT({(west + east) / 2:.4f} {(south + north) / 2:.4f})", "@type": "geo:wktLiteral"},
    }


def _said(text: Promise) -> list[Node]:
    return [{"@value": said, "@language": language} for language, said in both(text).items()]


def _day(on: date) -> Node:
    return {"@value": on.isoformat(), "@type": "xsd:date"}


def _typed(iri: str, kind: str) -> Node:
    return {"@id": iri, "@type": kind}


def _ref(node: Node) -> Node:
    return {"@id": node["@id"]}
