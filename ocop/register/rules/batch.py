"""How long each step of taking in a register may take. All product decisions: no law speaks of imports."""

from datetime import timedelta

UNDO_WITHIN = timedelta(hours=24)  # after that others have built upon what came in
INTAKE_KEPT = timedelta(days=90)  # the file and what was read of it hold personal data; the register keeps what was confirmed
READER_SILENT = timedelta(minutes=2)  # a reader that gave no sign of life for so long is taken for dead, and another begins anew
READ_AT_ONCE = 1_000  # rows that are judged anew within the request itself, when a cell was mended
ROWS_AT_ONCE = 500  # rows written between two signs of life
