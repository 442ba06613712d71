"""The one way every form of this desk goes: bound, one action, away. What does not fit stays on the page; who was slower sees both."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.verdict import Verdict, no
from ocop.people.actions.refusal import Refused, demand
from ocop.records.actions import FileRefused, take_token
from ocop.register.actions import (
    ClaimOpen,
    CodeTaken,
    DecisionTaken,
    MergeMoved,
    Moved,
    NotFitting,
    ProducerExists,
    ProducerMoved,
    ProductIdTaken,
    ProductMoved,
    VariantTaken,
)
from ocop.register.models import Producer, Product
from ocop.register.queries import kept_producer, kept_product, producer_with_code, product_by_any_code
from ocop.web.desk.register.forms.duplicates import MergeForm
from ocop.web.kit.errors import Difference, conflict

UNFITTING, TAKEN, TOO_MANY = 422, 409, 429
_TAKEN = (ClaimOpen, CodeTaken, DecisionTaken, ProducerExists, ProductIdTaken, VariantTaken)  # a name or number that is in use


def act(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    template: str,
    context: dict[str, Any],
    back: str,
    said: str,
    may: Verdict | None = None,
    limit: str = "page_edit",
) -> HttpResponse:
    """Show the form; when it was sent and is whole, do the one thing and go where it says, else `back`, with what was `said`.

    `may` is asked before anything is shown, `limit` before anything is written. What the action itself refuses, because of what
    was typed, stays on the page.
    """
    if may is not None:
        demand(may)
    page = {**context, "form": form, "back": back}
    if request.method != "POST":
        return render(request, template, page)
    if not form.is_valid():
        return render(request, template, page, status=UNFITTING)
    if not (allowed := take_token(limit=limit, key=f"user:{request.actor.user_id}", at=timezone.now())):
        form.add_error(None, allowed.reason)
        return render(request, template, page, status=TOO_MANY)
    try:
        onward = do(form.cleaned_data)
    except (NotFitting, FileRefused, Refused, *_TAKEN) as refusal:
        form.add_error(None, str(refusal))
        return render(request, template, page, status=TAKEN if isinstance(refusal, _TAKEN) else UNFITTING)
    except Moved as moved:
        return slower(request, moved, form, back)
    except (Producer.DoesNotExist, Product.DoesNotExist):  # between reading it and writing, another officer merged it into another
        return slower(request, MergeMoved(), form, back)
    messages.success(request, said)
    return redirect(onward if isinstance(onward, str) else back)


def slower(request: HttpRequest, moved: Moved, form: BaseForm, back: str) -> HttpResponse:
    """409: the stored value beside the typed one, and the form to save over it knowingly."""
    differences: list[Difference] = []
    if isinstance(moved, ProductMoved | ProducerMoved):
        stored: Product | Producer = moved.product if isinstance(moved, ProductMoved) else moved.producer
        differences = [_difference(form, each.field, each.theirs, each.yours) for each in moved.differences]
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(stored.version)
    if isinstance(form, MergeForm):
        form.see_now()
    who, when = getattr(moved, "who", ""), getattr(moved, "when", None)
    return conflict(request, what=str(moved), changed_by=who, changed_at=when, differences=differences, form=form, back=back)


def _difference(form: BaseForm, name: str, theirs: str, yours: str) -> Difference:
    """Both values in the words of the form: a choice by its name."""
    field = form.fields.get(name)
    if field is None:
        return Difference(name, theirs, yours)
    words = {str(code): str(word) for code, word in getattr(field, "choices", ())}
    return Difference(str(field.label), words.get(theirs, theirs), words.get(yours, yours))


def product_or_404(request: HttpRequest, code: str) -> Product:
    """The product this actor may know of. One that was merged away takes nothing more: the refusal names the other."""
    product = product_by_any_code(code, request.actor)
    if product is None:
        if kept := kept_product(code, request.actor):
            demand(no(_("%(old)s đã gộp vào %(name)s, mã %(code)s. Hãy làm ở đó.") % _names(code, kept.name, kept.public_id)))
        raise Http404
    return product


def producer_or_404(code: str) -> Producer:
    """The producer with this code; producers are public. As `product_or_404` for one that was merged away."""
    producer = producer_with_code(code)
    if producer is None:
        if kept := kept_producer(code):
            demand(no(_("%(old)s đã gộp vào %(name)s, mã %(code)s. Hãy làm ở đó.") % _names(code, kept.name, kept.code)))
        raise Http404
    return producer


def _names(old: str, name: str, code: str) -> dict[str, str]:
    return {"old": old, "name": name, "code": code}
