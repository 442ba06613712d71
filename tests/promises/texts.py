"""What a person, a spreadsheet or a printer reads in an answer: the text of HTML, JSON, XLSX, CSV, RSS and PDF."""

import html
import io
import shutil
import subprocess
import zipfile
from typing import Any

from tests.promises.conftest import body_of

HAS_POPPLER = shutil.which("pdftotext") is not None


def text_of(response: Any) -> str:
    """Body and headers, unpacked as far as needed to be read; entities resolved, so that an escaped value is found too."""
    body = body_of(response)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            read = "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    elif body.startswith(b"%PDF"):
        read = body.decode("latin-1") + (_printed(body) if HAS_POPPLER else "")
    else:
        read = body.decode(errors="replace")
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{read}\n{html.unescape(read)}"


def _printed(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
