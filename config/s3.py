"""Files in an S3-compatible store, with limits on how long a sick store may hold a request."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class Store(S3Storage):
    """django-storages' S3 backend; path addresses, because stores beside us have no wildcard host names."""

    def get_default_settings(self) -> dict[str, Any]:
        limits = Config(
            connect_timeout=2,
            read_timeout=15,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
        )
        return super().get_default_settings() | {"client_config": limits}
