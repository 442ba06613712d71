"""Stars that wait to be verified: officers of communes answer with a paper, the OCOP office looks at the answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.actions import Moved, answer_holds, answer_renewed, check_answer, record_end, take_back_answer
from ocop.register.enums import AnswerKind
from ocop.register.models import Recognition, StandingAnswer
from ocop.register.queries import answers_to_check, answers_visible_to, unverified_recognition
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.renewals import TakeBackForm
from ocop.web.desk.register.views.acting import act, product_or_404
from ocop.web.desk.register.views.products import OFFICERS
from ocop.web.kit.gates import desk_page


@desk_page(*OFFICERS, menu=gettext_lazy("Xác minh sao"), menu_place=34)
def confirm_queue(request: HttpRequest) -> HttpResponse:
    """Every star that waits, on one page; the one that is open shows its three answers."""
    on, asked = timezone.localdate(), request.GET
    context = pages.unverified_page(request.actor, asked.get("q", "")[:100], asked.get("xa", "")[:20], asked.get("mo", "")[:12], on=on)
    page = Paginator(context["spans"], pages.ANSWERS_PER_PAGE).get_page(asked.get("trang"))
    rows = pages.unverified_rows(page.object_list, on=on)
    shown = {**context, "page": page, "rows": rows, "is_office": request.actor.role == Role.OCOP_OFFICER}
    return render(request, "desk/register/confirm_queue.html", shown)


@desk_page(*OFFICERS)
def answer(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One of the three answers about one star; then the next star of the list."""
    found, actor, on = product_or_404(request, code), request.actor, timezone.localdate()
    row, chosen = unverified_recognition(found, on), pages.KIND_OF.get(kind)
    if row is None or chosen is None:
        raise Http404
    onward = pages.next_unanswered(actor, found, on=on)
    queue = reverse("desk:confirm_queue")

    def write(data: dict) -> str:
        _answer(actor, chosen, row, data)
        return f"{queue}?{urlencode({'mo': onward})}#{onward}" if onward else queue

    return act(
        request,
        pages.answer_form(chosen, on, request.POST or None, request.FILES or None),
        write,
        template="desk/register/star_form.html",
        context={"title": pages.ANSWERS[chosen].label, "row": row, **pages.product_head(found, on=on)},
        back=f"{queue}?{urlencode({'mo': found.public_id})}#{found.public_id}",
        said=_("Đã ghi câu trả lời về %(name)s.") % {"name": found.name},
        may=policies.can_confirm(actor, row, on),
    )


@desk_page(Role.OCOP_OFFICER)
def answers(request: HttpRequest) -> HttpResponse:
    """What communes answered and nobody has looked at; with `xem=tat-ca` every answer."""
    view = request.GET.get("xem", "")
    rows = answers_visible_to(request.actor) if view == "tat-ca" else answers_to_check(request.actor)
    page = Paginator(rows, pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "rows": pages.answer_rows(request.actor, page.object_list), "view": view}
    return render(request, "desk/register/answers.html", context)


@desk_page(Role.OCOP_OFFICER, methods=("POST",))
def answer_check(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """The office agrees."""
    try:
        check_answer(actor=request.actor, answer=_numbered(request, code, n), at=timezone.now())
    except Moved as moved:
        messages.warning(request, str(moved))
    else:
        messages.success(request, _("Đã đồng ý với câu trả lời."))
    return redirect("desk:answers")


@desk_page(Role.OCOP_OFFICER)
def answer_take_back(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """The office takes a wrong answer back: the star stands as before."""
    found, actor = _numbered(request, code, n), request.actor
    return act(
        request,
        TakeBackForm(request.POST or None),
        lambda data: take_back_answer(actor=actor, answer=found, reason=data["reason"], at=timezone.now()),
        template="desk/register/star_form.html",
        context={"title": _("Rút lại câu trả lời"), "row": found.recognition, **pages.product_head(found.product, on=timezone.localdate())},
        back=reverse("desk:answers"),
        said=_("Đã rút lại. Sao trở về như trước câu trả lời."),
        may=policies.can_take_back(actor, found),
    )


def _answer(actor: Actor, kind: str, row: Recognition, data: dict[str, Any]) -> None:
    write: Any = {AnswerKind.HOLDS: answer_holds, AnswerKind.RENEWED: answer_renewed, AnswerKind.ENDED: record_end}[AnswerKind(kind)]
    write(actor=actor, recognition=row, at=timezone.now(), **data)


def _numbered(request: HttpRequest, code: str, n: int) -> StandingAnswer:
    found = pages.answer_numbered(request.actor, code, n)
    if found is None:
        raise Http404
    return found
