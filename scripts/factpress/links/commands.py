"""The two commands that ask the network: `probe` before a change goes in, `refresh` every night."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factpress.files.git_history import read_merge_base
from factpress.links.run import CheckedLink, RunOptions, links_to_ask_again, open_run, shard
from factpress.model.links.addresses import in_reports
from factpress.model.links.cited import CitedLink, cited_links
from factpress.model.links.state import LinkRecord, QuoteState, State
from factpress.model.place import Place
from factpress.reporting.report import Report, Result, ResultLevel, report
from factpress.settings import Settings

NOT_RUN = "Not run: CI_NO_NETWORK is set."
QUOTE_MISSING = "The page does not have the quoted words."
COMPARE = "Compare the quote with the page, letter by letter."


def probe(settings: Settings, base: str, urls: Sequence[str], options: RunOptions) -> Report:
    """Return what was seen of the links that were added or changed since `base`, and of those named.

    Certain bad news fails, and nothing else.
    """
    if os.environ.get("CI_NO_NETWORK") == "1":
        return report("links probe", (), NOT_RUN)
    then = cited_links(read_merge_base(settings, base)) if base else ()
    with open_run(settings, options) as run:
        chosen = [*run.named(urls), *(links_to_ask_again(run.links, then) if base else ())]
        checked = run.check(list({link.url: link for link in chosen}.values()))
    return report("links probe", (result for one in checked for result in results(one, strict=True)))


def refresh(
    settings: Settings,
    urls: Sequence[str],
    options: RunOptions,
    *,
    everything: bool = False,
    part: tuple[int, int] = (1, 1),
) -> Report:
    """Return what was seen of the links whose time has come, or of those named, or of all; nothing fails."""
    if os.environ.get("CI_NO_NETWORK") == "1":
        return report("links refresh", (), NOT_RUN)
    with open_run(settings, options) as run:
        chosen = run.named(urls) or (list(run.links) if everything else run.due())
        checked = run.check(shard(chosen, *part))
    done = [one for one in checked if one.result.observation]
    made = report("links refresh", (result for one in done for result in results(one, strict=False)))
    waiting = Counter(one.result.why for one in checked if one.result.observation is None)
    later = [f"{_links_wait(number)} for another run: {why}." for why, number in sorted(waiting.items())]
    return replace(made, summary=" ".join([made.summary if done or not later else "", *later]).strip())


def results(checked: CheckedLink, *, strict: bool) -> Iterator[Result]:
    """Yield what a checked link means for a report; `strict`: what is certain fails, and nothing else."""
    link, seen, record = checked.link, checked.result.observation, checked.record
    if seen is None:
        message = f"It was not asked: {checked.result.why}."
        usual = result_of_link(link, record, ResultLevel.NOTICE, hint="Run the command again later.")
        yield replace(usual, message=message)
        return
    missing = [quote for quote in link.quotes if seen.quotes.get(quote.key) is QuoteState.MISSING]
    for quote in missing:
        near = checked.result.hints.get(quote.key)
        hint = f"The page has “{near}”. {COMPARE}" if near else COMPARE
        found = result_of_link(link, record, ResultLevel.FAIL if strict else ResultLevel.WARNING, hint)
        yield replace(found, where=quote.where, message=f"{found.message} “{quote.quote}” of {quote.claim_id}.")
    if not missing:
        usual_level = ResultLevel(record.state.row.level)
        # what the registry says is certain at once
        certain = strict and (seen.certain or seen.outcome in (State.DOI_UNKNOWN, State.METADATA_MISMATCH))
        held = ResultLevel.WARNING if usual_level is ResultLevel.FAIL else usual_level
        yield result_of_link(link, record, ResultLevel.FAIL if certain else held)


def result_of_link(link: CitedLink, record: LinkRecord, level: ResultLevel | None = None, hint: str = "") -> Result:
    """Return what is recorded of a link as a result; a gate may judge it otherwise and say more."""
    row = record.state.row
    usual, sentence, what_to_do = ResultLevel(row.level), row.message, row.hint
    if QuoteState.MISSING in record.quotes.values():
        usual, sentence, what_to_do = ResultLevel.FAIL, QUOTE_MISSING, COMPARE
    reason = f" {record.why[0].upper()}{record.why[1:]}." if record.why else ""
    leads = f" It leads to {in_reports(record.final_url)}." if record.final_url and record.final_url != link.url else ""
    return Result(
        rule=str(record.state), level=level or usual, message=f"{sentence}{reason}{leads}", hint=hint or what_to_do,
        where=link.places[0] if link.places else Place(""), url=link.url, date=record.last_checked,
    )  # fmt: skip


def _links_wait(number: int) -> str:
    return "1 link waits" if number == 1 else f"{number} links wait"
