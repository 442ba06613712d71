"""A product's QR code as a file, and a sheet of labels to print. Each code carries the product's one address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.papers.labels import PER_SHEET, Label, labels_pdf
from ocop.papers.qr import QUIET_ZONE, qr_modules, qr_png, qr_svg
from ocop.register.queries.portal import verify_answer
from ocop.register.queries.portal_parts import VerifyAnswer
from ocop.register.rules.typed_code import TypedCode
from ocop.web.kit.gates import public_page
from ocop.web.kit.limits import counts, refused
from ocop.web.portal.pages.product import label_address
from ocop.web.portal.pages.star import answer, star_words

DEFAULT_SIZE, SMALLEST, LARGEST = 480, 120, 2000  # pixels


@public_page(params=())
def qr_as_svg(request: HttpRequest, code: str) -> HttpResponse:
    """For print in any size."""
    return HttpResponse(qr_svg(label_address(_published(code).public_id)), content_type="image/svg+xml")


@public_page(params=("size",))
def qr_as_png(request: HttpRequest, code: str) -> HttpResponse:
    """For a screen or a simple printer; `?size=` in pixels, kept within bounds and rounded down to whole modules."""
    address, size = label_address(_published(code).public_id), request.GET.get("size", "")
    wanted = min(max(int(size) if size.isascii() and size.isdigit() and len(size) < 6 else DEFAULT_SIZE, SMALLEST), LARGEST)
    picture = qr_png(address, module=max(1, wanted // (qr_modules(address) + 2 * QUIET_ZONE)))
    return HttpResponse(picture, content_type="image/png", headers={"Content-Disposition": f'inline; filename="ocop-{code}.png"'})


@public_page(params=(), kept=False)
@counts("pdf")
def labels(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet of labels. Stars are printed only while they may be used; a label always tells to scan."""
    found, on = _published(code), timezone.localdate()
    if (refusal := refused(request, "pdf")) is not None:
        return refusal
    star = answer(found.standing, on)
    label = Label(
        product=found.name,
        maker=found.maker_name,
        star_text=f"OCOP {star_words(found.standing)}" if star.is_usable else _("Quét để xem sao hôm nay"),
        stars=star.count if star.is_usable else 0,
        code=found.public_id,
        address=label_address(found.public_id),
    )
    sheet = labels_pdf([label] * PER_SHEET, title=_("Nhãn QR: %(name)s") % {"name": found.name}, made_on=on)
    return HttpResponse(
        sheet, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="nhan-{found.public_id}.pdf"'}
    )


def _published(code: str) -> VerifyAnswer:
    """The product with exactly this public id."""
    found = verify_answer(TypedCode(code, "", code), timezone.localdate()) if code.isascii() and code.isalnum() else None
    if found is None:
        raise Http404
    return found
