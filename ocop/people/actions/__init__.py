"""Every write to accounts, offices, mandates, invitations: one transaction each, with its audit entry and its notices."""

from ocop.people.actions.accounts import (
    AddressTaken,
    create_user,
    deactivate_user,
    note_recovery_codes,
    note_security_event,
    reactivate_user,
    set_password,
    update_profile,
)
from ocop.people.actions.erasure import erase_accounts, forget_old_sign_ins
from ocop.people.actions.factors import FactorResetMoved, approve_factor_reset, ask_factor_reset, refuse_factor_reset
from ocop.people.actions.invitations import InvitationClosed, accept_invitation, invite_person, revoke_invitation
from ocop.people.actions.mandates import MandateMoved, choose_hat, end_mandate, grant_mandate
from ocop.people.actions.offices import load_offices
from ocop.people.actions.refusal import Refused
from ocop.people.actions.resets import CodeRefused, issue_assisted_reset, use_assisted_reset
from ocop.people.actions.subjects import redirect_subject, restore_subject
from ocop.people.actions.tokens import Made, TokenClosed, create_api_token, note_api_token_use, revoke_api_token

__all__ = [
    "AddressTaken",
    "CodeRefused",
    "FactorResetMoved",
    "InvitationClosed",
    "Made",
    "MandateMoved",
    "Refused",
    "TokenClosed",
    "accept_invitation",
    "approve_factor_reset",
    "ask_factor_reset",
    "choose_hat",
    "create_api_token",
    "create_user",
    "deactivate_user",
    "end_mandate",
    "erase_accounts",
    "forget_old_sign_ins",
    "grant_mandate",
    "invite_person",
    "issue_assisted_reset",
    "load_offices",
    "note_api_token_use",
    "note_recovery_codes",
    "note_security_event",
    "reactivate_user",
    "redirect_subject",
    "refuse_factor_reset",
    "restore_subject",
    "revoke_api_token",
    "revoke_invitation",
    "set_password",
    "update_profile",
    "use_assisted_reset",
]
