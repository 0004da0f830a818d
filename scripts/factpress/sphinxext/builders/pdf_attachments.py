"""The data that the PDF carries, so that a file kept alone can still be computed with."""

from __future__ import annotations

import json

from factpress.press.tagged_pdf.attachments import Attachment
from factpress.sphinxext.builders.export import claims_json
from factpress.sphinxext.context import Facts


def attachments(facts: Facts) -> list[Attachment]:
    """Return the claims as data, whose entries are named places of the PDF, and the sources."""
    claims = json.dumps(claims_json(facts, lambda _docname: ""), ensure_ascii=False, indent=1) + "\n"
    sources = (facts.settings.root / "references.bib").read_bytes()
    return [
        Attachment(
            "claims.json", claims.encode(), "application/json", "Data",
            "Every claim with its finding, evidence and review state", facts.date,
        ),
        Attachment(
            "references.bib", sources, "application/x-bibtex", "Source", "Every source, as BibTeX", facts.date
        ),
    ]  # fmt: skip
