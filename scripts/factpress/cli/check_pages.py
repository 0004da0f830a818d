"""`factpress check --edition pdf`: measure the pages of the PDF in build/, without building it."""

from __future__ import annotations

from factpress.cli.book import show, status_of, summary, tally
from factpress.escaping import json_text
from factpress.problems import in_order
from factpress.settings import Settings


def check_pages(settings: Settings, form: str, *, strict: bool) -> int:
    """Print what is wrong with the pages as they were built, and return the exit status."""
    from factpress.press.preflight.measurement import measure

    book = settings.build / f"{settings.name}.pdf"
    large = book.with_stem(f"{book.stem}-large-print")
    files = [book, *([large] if large.is_file() else [])]
    measured = {
        str(file.relative_to(settings.root)): measure(file, str(file.relative_to(settings.root))) for file in files
    }
    problems = in_order(found for pages in measured.values() for found in pages.problems)
    if form == "json":
        listed = [
            {"file": name, "pages": of.pages, "justified-lines": of.justified, "loose-lines": of.loose}
            for name, of in measured.items()
        ]
        data = {"problems": [p.as_dict() for p in problems], "counts": tally(problems), "measured": listed}
        print(json_text(data))
    else:
        sentences = [
            f"{name}, {file.pages} page{'' if file.pages == 1 else 's'} as built: {file.even_percent:.2f} % of "
            f"{file.justified} justified lines have word spaces within twice the normal one."
            for name, file in measured.items()
        ]
        show(problems, " ".join([*sentences, summary(problems)]), form=form)
    return status_of(problems, strict=strict)
