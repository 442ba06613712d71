"""The person of the erasure's tests stands in every personal field there is; else those tests would be blind to a new one."""

from django.apps import apps
from django.db.models import CharField, TextField

from ocop.privacy import queries
from tests.architecture.test_data_classes import lines
from tests.cast import Cast
from tests.privacy.conftest import Somebody

# What holds no text of the person's: keys and digests, dates, and what only the browser says.
NO_TEXT = {
    ("people.User", "password"),
    ("account.EmailConfirmation", "key"),
    ("usersessions.UserSession", "session_key"),
    ("sessions.Session", "session_key"),
    ("sessions.Session", "session_data"),
    ("axes.AccessLog", "session_hash"),
}
OF_THE_BROWSER = {"ip", "ip_address", "http_accept", "path_info", "get_data", "post_data"}


def test_every_personal_text_is_tried(bird: Somebody, cast: Cast) -> None:
    empty = []
    for line in lines():
        model = apps.get_model(line.model)
        field = model._meta.get_field(line.field)
        is_text = isinstance(field, CharField | TextField)
        if not line.erasure or line.erasure.startswith("kept") or not is_text or line.field in OF_THE_BROWSER:
            continue
        if (line.model, line.field) in NO_TEXT:
            continue
        values = [str(value) for value in model._default_manager.values_list(line.field, flat=True)]
        if not any(canary in value for canary in bird.canaries for value in values):
            empty.append((line.model, line.field))
    assert empty == []


def test_every_personal_table_is_named_in_what_is_held(bird: Somebody) -> None:
    """A room whose table is missing from `holdings_of` would keep its rows to itself."""
    tables = {line.model for line in lines() if line.erasure}
    kinds = {holding.what for holding in queries.holdings_of(queries.known_as(bird.keys))}
    named = {
        "people.User": "account",
        "people.Mandate": "mandate",
        "people.Invitation": "invitation",
        "people.AssistedReset": "assisted_reset",
        "people.FactorReset": "factor_reset",
        "account.EmailAddress": "account_email",
        "mfa.Authenticator": "second_factor",
        "usersessions.UserSession": "session",
        "axes.AccessFailureLog": "sign_in",
        "axes.AccessLog": "sign_in",
        "axes.AccessAttempt": "sign_in",
        "records.Notice": "notice",
        "records.StoredFile": "file",
        "register.ProducerPerson": "representative",
        "register.Producer": "business_contact",
        "register.ProducerClaim": "claim",
        "register.Report": "report",
        "register.ReporterContact": "report",
        "privacy.DataRequest": "data_request",
    }
    # Of the person's own session and mail nothing can be told; jobs' rows and officers' remarks are scrubbed.
    silent = {"sessions.Session", "account.EmailConfirmation", "django_tasks_database.DBTaskResult", "register.ReportMove"}
    sent = {"register.IntakeBatch", "register.IntakeMend", "register.IntakeRow"}  # a whole sheet, kept 90 days and then gone as a whole
    assert tables - silent - sent == set(named)
    assert set(named.values()) <= kinds
