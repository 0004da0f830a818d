"""What is said of a link in each state, and what follows from it where no gate says more."""

from __future__ import annotations

from factpress.model.links.address import in_reports
from factpress.model.links.cited_link import CitedLink
from factpress.model.links.link_record import LinkRecord, QuoteState, State
from factpress.problems import Place
from factpress.reporting.report import Result, Verdict

_SEEN = "Open it in a browser and add a line to docs/claims/seen.yaml."
#: state: (what follows, sentence, what to do)
STATES: dict[State, tuple[Verdict, str, str]] = {
    State.OK: (Verdict.PASS, "The page is there.", ""),
    State.OK_UNREAD: (Verdict.NOTICE, "The page is there, but a machine cannot read its text.", _SEEN),
    State.REDIRECTED: (Verdict.PASS, "The page is there, at another address for now.", ""),
    State.MOVED: (Verdict.WARNING, "The page moved for good.", "Run `factpress links fix --moved`."),
    State.SOFT_404: (Verdict.WARNING, "The page looks like an error page.", _SEEN),
    State.BLOCKED: (Verdict.NOTICE, "The server refuses machines, so it could not be checked.", _SEEN),
    State.UNREACHABLE: (Verdict.NOTICE, "The server did not answer, so it could not be checked.", _SEEN),
    State.SUSPECT: (Verdict.WARNING, "The page was not found; it is asked for again.", "Look for its new address."),
    State.GONE: (Verdict.FAIL, "The page is gone.", "Find another address, or a copy for `archived`."),
    State.ARCHIVED_ONLY: (Verdict.WARNING, "The page is gone; a copy is kept.", "Find its new address, if any."),
    State.DOI_OK: (Verdict.PASS, "The registry has the DOI.", ""),
    State.DOI_UNKNOWN: (Verdict.FAIL, "The registry has no such DOI.", "Copy the DOI again from the work itself."),
    State.DOI_NO_URL: (Verdict.NOTICE, "The registry has the DOI, but no address for it.", _SEEN),
    State.METADATA_MISMATCH: (Verdict.FAIL, "The DOI is of another work.", "Compare entry and work."),
    State.RETRACTED: (Verdict.WARNING, "The registry has a notice on it.", "Read it, and say so in the finding."),
    State.NEVER_CHECKED: (Verdict.NOTICE, "Nobody has asked for this page yet.", "Run `factpress links refresh`."),
}  # fmt: skip
QUOTE_MISSING = "The page does not have the quoted words."


def outcome(link: CitedLink, record: LinkRecord, verdict: Verdict | None = None, hint: str = "") -> Result:
    """Return what is recorded of a link as a result; a gate may judge it otherwise and say more."""
    usual, sentence, what_to_do = STATES[record.state]
    if QuoteState.MISSING in record.quotes.values():
        usual, sentence, what_to_do = Verdict.FAIL, QUOTE_MISSING, "Compare the quote with the page, letter by letter."
    reason = f" {record.why[0].upper()}{record.why[1:]}." if record.why else ""
    leads = f" It leads to {in_reports(record.final_url)}." if record.final_url and record.final_url != link.url else ""
    return Result(
        rule=str(record.state), verdict=verdict or usual, message=f"{sentence}{reason}{leads}", hint=hint or what_to_do,
        where=link.places[0] if link.places else Place(""), url=link.url, date=record.last_checked,
    )  # fmt: skip
