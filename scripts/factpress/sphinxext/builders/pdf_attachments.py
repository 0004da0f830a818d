"""The data that the PDF carries, so that a file kept alone can still be computed with."""

from __future__ import annotations

import json

from factpress.press.tagged_pdf.attachments import Attachment
from factpress.sphinxext.builders.export import claims_json
from factpress.sphinxext.context import BookContext


def attachments(context: BookContext) -> list[Attachment]:
    """Return the claims as data, whose entries are named places of the PDF, and the sources."""
    claims = json.dumps(claims_json(context, lambda _docname: ""), ensure_ascii=False, indent=1) + "\n"
    sources = (context.settings.root / "references.bib").read_bytes()
    return [
        Attachment(
            "claims.json", claims.encode(), "application/json", "Data",
            context.say("attached-claims"), context.date,
        ),
        Attachment(
            "references.bib", sources, "application/x-bibtex", "Source", context.say("attached-sources"), context.date
        ),
    ]  # fmt: skip
