"""What could not be delivered or made after five attempts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.people.enums import Role
from ocop.records import queries
from ocop.records.actions import NotParked, retry_delivery
from ocop.web.kit.gates import desk_page


@desk_page(Role.ADMINISTRATOR, methods=("GET", "HEAD"), menu=gettext_lazy("Thông báo treo"), menu_place=95)
def parked(request: HttpRequest) -> HttpResponse:
    """Notices and photos the machine gave up on, with the reason."""
    context = {"deliveries": queries.parked_deliveries()[: queries.PAGE_SIZE], "photos": queries.parked_photos()[: queries.PAGE_SIZE]}
    return render(request, "desk/records/deliveries.html", context)


@desk_page(Role.ADMINISTRATOR, methods=("POST",))
def retry(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send one on its way again."""
    try:
        retry_delivery(actor=request.actor, delivery_id=delivery_id, at=timezone.now())
    except NotParked:
        messages.warning(request, _("Thông báo này không còn bị treo."))
    else:
        messages.success(request, _("Đã xếp vào hàng gửi lại."))
    return redirect("desk:deliveries")
