"""Products, stars, producers, recognitions and sites as JSON; public fields alone."""

from datetime import date
from typing import Any

from django.conf import settings

from ocop.register.models import Recognition
from ocop.register.queries import reason_sentence
from ocop.register.queries.catalogue import HOLDING, Choice, Row, catalogue_rows, find, select, snapshot
from ocop.register.queries.catalogue.snapshot import Snapshot
from ocop.register.queries.lists import (
    ProducerRow,
    ProductRow,
    RecognitionRow,
    SiteRow,
    SpanRow,
    product_ids,
    product_rows,
    standing_over_time,
)
from ocop.register.queries.portal_parts import (
    PhotoLine,
    ProducerPage,
    ProductFacts,
    ProductPage,
    RecognitionLine,
    SmallParts,
    VariantLine,
    VerifyAnswer,
)
from ocop.web.api.pages.answers import Json, begins_behind, day, last_day, named, place, place_of, source, standing, standing_of
from ocop.web.api.schemas.asked import ProductsAsked, StandingsAsked

# --- Which products ---


def chosen_products(asked: ProductsAsked, on: date, today: date) -> tuple[list[ProductRow], str]:
    """One page of the products that match, and the next one's cursor; the same words and filters as the catalogue's."""
    register = snapshot(today)
    choice = Choice(
        standing=frozenset(asked.standing),
        stars=frozenset(asked.stars),
        key_group=frozenset(group.value for group in asked.key_group),
        set_no=frozenset(asked.product_set),
        commune=frozenset(asked.commune),
        legal_form=frozenset(form.value for form in asked.legal_form),
    )
    chosen = None
    if asked.q is not None or not choice.is_empty:
        chosen = _matching(_rows(register, on), choice, asked.q or "", register)
    return _page(asked, register, chosen, on)


def _page(asked: ProductsAsked | StandingsAsked, register: Snapshot, chosen: set[int] | None, on: date) -> tuple[list[ProductRow], str]:
    ids = product_ids(register, chosen=chosen, after=begins_behind(asked.cursor), limit=asked.limit + 1)
    found = product_rows(ids[: asked.limit], on)
    return found, f"product~{found[-1].code}" if len(ids) > asked.limit else ""


def _matching(rows: tuple[Row, ...] | list[Row], choice: Choice, text: str, register: Snapshot) -> set[int]:
    if text.strip():
        found = find(text, rows, register.on).relevance
        rows = [row for row in rows if row.id in found]
    return {row.id for row in select(rows, choice, register.places).rows}


def _rows(register: Snapshot, on: date) -> Any:
    """Today's rows are kept by the process; another day's are read anew, so that no asking pushes today's off the shelf."""
    return register.rows() if on == register.on else catalogue_rows(on)


def chosen_stars(asked: StandingsAsked, on: date, today: date) -> tuple[list[ProductRow], str]:
    """The same for the stars of a day: those that hold, if nothing else was asked."""
    register = snapshot(today)
    wanted = Choice(standing=frozenset(asked.standing or HOLDING), stars=frozenset(asked.stars))
    chosen = _matching(_rows(register, on), wanted, "", register)
    return _page(asked, register, chosen, on)


# --- Rows of lists ---


def page_address(code: str) -> str:
    return f"{settings.SITE_URL}/sp/{code}"


def product_item(row: ProductRow, on: str) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en or None,
        "page": page_address(row.code),
        "producer": named(row.producer_code, row.producer_name),
        "place": place(row.commune_code, row.commune_name, row.unit_name, row.unit_parent_name),
        "rubric": row.rubric_id or None,
        "product_set": row.set_no,
        "key_group": row.key_group or None,
        "group_in_source": row.group or None,
        "standing": standing_of(row, on),
        "source": source(row.source_url, row.source_name, row.confidence, row.as_of),
    }


def star_item(row: ProductRow, on: str) -> Json:
    return {
        "product": {"code": row.code, "name": row.name},
        "producer": row.producer_name,
        "standing": standing_of(row, on),
        "source": source(row.source_url, row.source_name, row.confidence, row.as_of),
    }


def producer_item(row: ProducerRow) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en or None,
        "page": f"{settings.SITE_URL}/chu-the/{row.code}/",
        "place": place(row.commune_code, row.commune_name, row.unit_name, row.unit_parent_name),
        "legal_form": row.legal_form,
        "founded_year": row.founded_year,
        "products": row.products,
        "source": source(row.source_url, row.source_name, row.confidence, row.as_of),
    }


def recognition_item(row: RecognitionRow) -> Json:
    return _recognition(row, {"code": row.product_code, "name": row.product_name}, row.rubric_id)


def _recognition(row: Recognition | RecognitionRow | RecognitionLine, product: Json, rubric: str) -> Json:
    withdrawal = {
        "on": day(row.withdrawn_on),
        "decision_no": row.withdrawal_decision_no,
        "signatory": row.withdrawal_signatory,
        "reason": row.withdrawal_reason,
    }
    return {
        "code": row.code,
        "product": product,
        "record_type": row.record_type,
        "kind": row.kind or None,
        "stars": row.stars,
        "level": row.level or None,
        "rubric": rubric or None,
        "decision_no": row.decision_no or None,
        "signatory": row.signatory or None,
        "recognised_on": day(row.recognised_on),
        "precision": row.recognised_precision,
        "first_day": day(row.valid_from),
        "last_day": last_day(row.valid_to),
        "last_day_earliest": last_day(row.valid_to_min),
        "last_day_latest": last_day(row.valid_to_max),
        "end_basis": row.end_basis,
        "extended_to": last_day(row.extended_until),
        "confirmed_on": day(row.confirmed_on),
        "ended_on": day(row.ended_on),
        "ended_reason": row.ended_reason or None,
        "withdrawal": withdrawal if row.withdrawn_on else None,
        "is_disputed": bool(row.conflict_group),
        "source": source(row.source_url, row.source_name, row.confidence, row.as_of),
    }


def site_item(row: SiteRow) -> Json:
    return {
        "key": row.key,
        "name": row.name,
        "name_en": row.name_en or None,
        "kind": row.kind,
        "village": row.village or None,
        "page": f"{settings.SITE_URL}/du-lich/{row.key}/",
        "place": place(row.commune_code, row.commune_name, row.unit_name, row.unit_parent_name),
        "product": row.product_code,
        "lat": float(row.lat) if row.lat is not None else None,
        "lon": float(row.lon) if row.lon is not None else None,
        "point_is": row.coord_basis or None,
        "source": source(row.source_url, row.source_name, row.confidence, row.as_of),
    }


# --- One thing as a whole ---


def product_whole(found: ProductPage, on: date) -> Json:
    """Everything public about one product; invented prices, prizes and recognitions of the demo are left out."""
    facts, product = found.product, {"code": found.product.public_id, "name": found.product.name}
    history = [line for line in found.history if not line.is_demo]
    decisions = {line.code: line.decision_no for line in history}
    return {
        **product,
        "name_en": facts.name_en or None,
        "page": page_address(facts.public_id),
        "producer": named(found.maker.code, found.maker.name) if found.maker else None,
        "place": place_of(found.place),
        "rubric": facts.rubric_id or None,
        "product_set": facts.set_no,
        "key_group": facts.key_group or None,
        "group_in_source": facts.source_group or None,
        "standing": standing(found.standing, on, decisions.get(found.standing.recognition_code)),
        "source": source(facts.source_url, facts.source_name, facts.confidence, facts.as_of),
        **_texts(facts),
        **_parts(found.parts),
        "recognitions": [_recognition(line, product, "") for line in history],
        "standing_over_time": [_span(span) for span in standing_over_time(facts.public_id)],
    }


def _texts(facts: ProductFacts) -> Json:
    return {
        "description": facts.description_vi or None,
        "description_en": facts.description_en or None,
        "story": facts.story_vi or None,
        "story_en": facts.story_en or None,
        "ingredients": facts.ingredients or None,
        "storage": facts.storage or None,
        "shelf_life": facts.shelf_life or None,
        "price_in_source": facts.price_text or None,
        "pack_in_source": facts.pack_text or None,
    }


def _parts(parts: SmallParts) -> Json:
    return {
        "packs": [_pack(variant) for variant in parts.variants],
        "codes": [{"code": code, "kind": kind} for code, kind in parts.codes],
        "awards": [{"name": each.name, "level": each.level, "year": each.year, "source": each.source_url or None} for each in parts.awards],
        "photos": [_photo(photo) for photo in parts.photos if photo.sizes],
    }


def _pack(variant: VariantLine) -> Json:
    prices = [
        {"kind": price.kind, "amount": price.amount, "first_day": price.since.isoformat()} for price in variant.prices if not price.is_demo
    ]
    return {"name": variant.name, "gtin": variant.gtin or None, "prices": prices}


def _photo(photo: PhotoLine) -> Json:
    picture, width, _height = max(photo.sizes, key=lambda size: (size[0] == "webp", size[1]))
    return {"url": f"{settings.SITE_URL}/anh/{photo.key}-{width}.{picture}", "caption": photo.caption_vi or None}


def _span(span: SpanRow) -> Json:
    return {
        "first_day": day(span.starts_on),
        "last_day": last_day(span.ends_on),
        "state": span.kind,
        "stars": span.stars,
        "reason": span.reason,
        "recognition": span.recognition,
    }


def producer_whole(found: ProducerPage, on: date) -> Json:
    """Everything public about one producer but how to reach it: a page shows that where it was agreed to, a harvest does not."""
    maker = found.maker
    return {
        "code": maker.code,
        "name": maker.name,
        "name_en": maker.name_en or None,
        "page": f"{settings.SITE_URL}/chu-the/{maker.code}/",
        "place": place_of(found.place),
        "founded_year": maker.founded_year,
        "members": maker.members_text or None,
        "facts": maker.facts or None,
        "story": maker.story_vi or None,
        "story_en": maker.story_en or None,
        "opening_hours": maker.opening_hours or None,
        "links": [{"kind": kind, "url": url} for kind, url in found.parts.links],
        "legal_forms": [
            {
                "form": each.form,
                "subtype": each.subtype or None,
                "first_day": day(each.valid_from),
                "last_day": last_day(each.valid_to),
                "basis": each.basis or None,
            }
            for each in found.parts.legal_forms
        ],
        "products": [
            {"code": line.public_id, "name": line.name, "standing": standing(line.standing, on)}
            for line in found.products
            if not line.is_demo
        ],
        "source": source(maker.source_url, maker.source_name, maker.confidence, maker.as_of),
    }


def verified(asked: str, found: VerifyAnswer, on: date) -> Json:
    return {
        "code": asked,
        "product": {"code": found.public_id, "name": found.name},
        "page": page_address(found.public_id),
        "producer": named(found.maker_code, found.maker_name),
        "place": place_of(found.place),
        "official_code": found.official_code or None,
        "standing": standing(found.standing, on, found.ground.decision_no if found.ground else None),
        "reason_text": reason_sentence(found.standing, on),
    }


def recognition_written(row: Recognition) -> Json:
    """The same of a row just written down."""
    return _recognition(row, {"code": row.product.public_id, "name": row.product.name}, row.rubric_id)
