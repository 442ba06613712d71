"""Loaded by pytest before Django's settings: the suite never touches the demo's database."""

import os

os.environ["OCOP_MODE"] = "test"
