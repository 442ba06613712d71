"""Runs a province's One Commune One Product programme."""

__version__ = "0.1.0"
