"""Who opens which page of the desk, written down by hand: the gates and policies are held against it, not against themselves.

The examples of `demo_accounts` belong to the first producer and the first commune, but for the reports (on a product of the second
commune) and the claim (of a third). A name that is not here fails: a new page is placed here by whoever adds it.
"""

from ocop.people.enums import Role

ROLES = tuple(role.value for role in Role)
FOREIGN = ("producer-2", "commune_officer-2")  # the same roles, of the next commune
EVERYBODY = frozenset({*ROLES, *FOREIGN})

# A barcode that nobody has: the demo invents none.
UNKNOWN = {"resolver:gtin": 404}

_PRODUCERS = {"producer", "producer-2"}
_CLERKS = {"commune_officer", "commune_officer-2"}
_OWN = {"producer", "commune_officer", "ocop_officer"}  # of the producer and the product shown
_OFFICERS = {*_CLERKS, "ocop_officer"}
_OWN_OFFICERS = {"commune_officer", "ocop_officer"}
_OCOP = {"ocop_officer"}
_INSPECTOR, _ADMINISTRATOR = {"inspector"}, {"administrator"}
_REPORT = {"commune_officer-2", "ocop_officer"}  # whom the reports concern
_LOOK_AFTER_PEOPLE = {"commune_officer", "ocop_officer", "administrator"}

# By GET; for pages that only take a form, by POST.
LET_IN: dict[str, frozenset[str]] = {
    name: frozenset(who)
    for name, who in {
        "files:file": _OWN_OFFICERS | _INSPECTOR,  # a photo of a report is private; the example is the report of the first commune
        "desk:home": EVERYBODY,
        "desk:notice_done": {"producer"},  # a notice is ticked off by its recipient alone
        "desk:profile": EVERYBODY,
        "desk:hats": EVERYBODY,
        "desk:tokens": EVERYBODY,
        "desk:token_revoke": set(),  # the demo holds no token
        "desk:claim_new": EVERYBODY,
        "desk:people": {*_OFFICERS, "inspector", "administrator"},
        "desk:person": _LOOK_AFTER_PEOPLE | _INSPECTOR,
        "desk:grant": _LOOK_AFTER_PEOPLE,
        "desk:end_mandate": _LOOK_AFTER_PEOPLE,
        "desk:assisted_reset": set(),  # the example has an e-mail
        "desk:deactivate": _ADMINISTRATOR,
        "desk:reactivate": set(),  # the example is active
        "desk:factor_reset": _OCOP | _ADMINISTRATOR,
        "desk:factor_reset_decide": set(),  # nothing waits for a second officer
        "desk:invitations": {*_OFFICERS, "inspector", "administrator"},
        "desk:invite": {*_OFFICERS, "administrator"},
        "desk:invitation_revoke": {"ocop_officer", "administrator"},  # the sender of the example, and who keeps accounts
        "desk:audit": _INSPECTOR | _ADMINISTRATOR,
        "desk:audit_entry": _INSPECTOR | _ADMINISTRATOR,
        "desk:audit_check": _INSPECTOR | _ADMINISTRATOR,
        "desk:access_log": _INSPECTOR | _ADMINISTRATOR,
        "desk:deliveries": _ADMINISTRATOR,
        "desk:delivery_retry": _ADMINISTRATOR,
        "desk:products": _PRODUCERS | _OFFICERS,
        "desk:product": _OWN | _INSPECTOR,
        "desk:product_new": _OFFICERS,
        "desk:product_edit": _OWN,
        "desk:product_photos": _OWN,
        "desk:packs": _OWN,
        "desk:pack": _OWN,
        "desk:price": _OWN,
        "desk:price_end": _OWN,
        "desk:product_set": _OWN_OFFICERS,
        "desk:product_code": _OWN_OFFICERS,
        "desk:product_publish": _OCOP,
        "desk:recognise": _OCOP,
        "desk:record_recognition": _OCOP,
        "desk:withdraw": _OCOP,
        "desk:extend": _OCOP,
        "desk:confirm": _OCOP,
        "desk:end_recognition": _OCOP,
        "desk:renewals": _OFFICERS,
        "desk:renewals_xlsx": _OFFICERS,
        "desk:renewal": _OWN,
        "desk:renewal_file": _OWN_OFFICERS,
        "desk:renewal_decide": _OCOP,
        "desk:renewal_refused": _OCOP,
        "desk:renewal_letters": _OCOP,
        "desk:renewal_calendar": _OFFICERS,
        "desk:renewal_calendar_revoke": _OFFICERS,
        "desk:confirm_queue": _OFFICERS,
        "desk:answer": _OWN_OFFICERS,
        "desk:answers": _OCOP,
        "desk:answer_check": _OCOP,
        "desk:answer_take_back": _OCOP,
        "desk:national": _OCOP,
        "desk:producers": _PRODUCERS | _OFFICERS,
        "desk:producer": _OWN | _INSPECTOR,
        "desk:producer_new": _OFFICERS,
        "desk:producer_edit": _OWN,
        "desk:producer_photos": _OWN,
        "desk:producer_links": _OWN,
        "desk:producer_contact": {"producer"},  # consent is the producer's own
        "desk:producer_contact_withdraw": _OWN,
        "desk:producer_person": _OWN | _INSPECTOR,
        "desk:producer_person_edit": _OWN,
        "desk:producer_person_clear": _OWN,
        "desk:data_requests": _OCOP | _ADMINISTRATOR,
        "desk:data_request_new": _OCOP | _ADMINISTRATOR,
        "desk:data_request": _OCOP | _ADMINISTRATOR,
        "desk:data_requester": _OCOP | _ADMINISTRATOR,
        "desk:data_request_answer": _OCOP | _ADMINISTRATOR,
        "desk:data_request_copy": _ADMINISTRATOR,
        "desk:data_request_erase": _ADMINISTRATOR,
        "desk:data_request_close": _ADMINISTRATOR,
        "desk:legal_form": _OWN_OFFICERS,
        "desk:duplicates": _OCOP,
        "desk:merge_pick": _OCOP,
        "desk:merge": _OCOP,
        "desk:judge_distinct": _OCOP,
        "desk:reconsider": set(),  # nobody has said of the example that it is two
        "desk:merges": _OCOP,
        "desk:unmerge": set(),  # the demo holds nothing that was merged
        "desk:distinct_pairs": _OCOP,
        "desk:intakes": _OCOP,
        "desk:intake_template": _OCOP,
        "desk:intake_export": _OCOP,
        "desk:intake": _OCOP,
        "desk:intake_progress": _OCOP,
        "desk:intake_columns": _OCOP,
        "desk:intake_row": _OCOP,
        "desk:intake_confirm": _OCOP,
        "desk:intake_undo": set(),  # the example waits to be confirmed, so there is nothing to undo
        "desk:intake_reread": _OCOP,
        "desk:intake_discard": _OCOP,
        "desk:intake_remarks": _OCOP,
        "desk:reports": _OFFICERS | _INSPECTOR,
        "desk:report": _REPORT | _INSPECTOR,
        "desk:report_take": _REPORT,
        "desk:reporter": _REPORT,
        "desk:claims": _OFFICERS,
        "desk:claim": _OCOP,
    }.items()
}
