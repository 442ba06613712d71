"""The built-in account in whose name registers are taken in when no person is named. Nobody can sign in with it."""

from django.contrib.auth.hashers import make_password
from django.db import migrations
from django.utils import timezone

from ocop.core.text import search_key, sort_key
from ocop.people.models import new_public_code

NAME = "Máy nhập sổ"
ADDRESS = "import@may.invalid"  # RFC 2606: no such address can ever exist


def open_import_account(get_model, at) -> None:
    """Make it, unless it is there."""
    user, _made = get_model("people", "User").objects.get_or_create(
        username="import",
        defaults={
            "code": new_public_code(),
            "full_name": NAME,
            "folded": search_key(NAME),
            "sort_key": sort_key(NAME),
            "email": ADDRESS,
            "password": make_password(None),
            "is_active": False,
            "wants_email": False,
            "created_at": at,
        },
    )
    # Sign-in would write this row itself, while somebody only reads a page.
    get_model("account", "EmailAddress").objects.get_or_create(user=user, email=ADDRESS, defaults={"primary": True})


def _forwards(apps, _schema_editor) -> None:
    open_import_account(apps.get_model, timezone.now())


class Migration(migrations.Migration):
    dependencies = [("people", "0004_user_sort_key"), ("account", "0009_emailaddress_unique_primary_email")]

    # Going back leaves the account: what it took in names it.
    operations = [migrations.RunPython(_forwards, migrations.RunPython.noop)]
