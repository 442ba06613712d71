"""Tables that people send in: XLSX and CSV as plain values, bounded before anything is unpacked, never run."""

from ocop.papers.tables.model import Merge, Tab, Tables, UnreadableTable, Value
from ocop.papers.tables.reading import read_tables

__all__ = ["Merge", "Tab", "Tables", "UnreadableTable", "Value", "read_tables"]
