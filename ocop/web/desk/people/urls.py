"""Addresses of accounts, mandates and invitations. People are named by their code, mandates by their place in the person's list."""

from django.urls import path

from ocop.web.desk.people.views import entrance, factors, invitations, own, people, tokens

urlpatterns = [
    path("vai/", own.hats, name="hats"),
    path("toi/", own.profile, name="profile"),
    path("toi/khoa-api/", tokens.tokens, name="tokens"),
    path("toi/khoa-api/<slug:code>/thu-hoi/", tokens.token_revoke, name="token_revoke"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<slug:code>/", people.person, name="person"),
    path("nguoi/<slug:code>/giao-vai/", people.grant, name="grant"),
    path("nguoi/<slug:code>/vai/<int:n>/ket-thuc/", people.end, name="end_mandate"),
    path("nguoi/<slug:code>/ma-dat-lai/", people.assisted_reset, name="assisted_reset"),
    path("nguoi/<slug:code>/ngung/", people.deactivate, name="deactivate"),
    path("nguoi/<slug:code>/mo-lai/", people.reactivate, name="reactivate"),
    path("nguoi/<slug:code>/go-bao-mat/", factors.factor_reset, name="factor_reset"),
    path("nguoi/<slug:code>/go-bao-mat/duyet/", factors.decide, name="factor_reset_decide"),
    path("loi-moi/", invitations.invitations, name="invitations"),
    path("loi-moi/gui/", invitations.invite, name="invite"),
    path("loi-moi/<slug:code>/rut/", invitations.invitation_revoke, name="invitation_revoke"),
    path("moi/<str:token>/", entrance.invitation_accept, name="invitation_accept"),
    path("quen-mat-khau-xa/", entrance.assisted_reset_use, name="assisted_reset_use"),
]
