"""The report of the register that the Ministry's table asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.people.enums import Role
from ocop.web.desk.register.pages.national import national_desk
from ocop.web.kit.gates import desk_page


@desk_page(Role.OCOP_OFFICER)
def national(request: HttpRequest) -> HttpResponse:
    """PTNT_OCOP of a year: checked, with its gaps, to take along."""
    page = national_desk(request.GET.get("nam", ""), timezone.localdate())
    return render(request, "desk/register/national.html", {"page": page, "report": page.report})
