"""The two commands that ask: `probe` before a change goes in, `refresh` every night."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factpress.files.git_history import read_merge_base
from factpress.links.context import Options, outing, some_of
from factpress.links.outcome import STATES, outcome
from factpress.links.run import Looked, changed, shard
from factpress.model.links.cited_link import cited_links
from factpress.model.links.link_record import QuoteState, State
from factpress.reporting.report import Report, Result, Verdict, report
from factpress.settings import Settings

NOT_RUN = "Not run: CI_NO_NETWORK is set."
#: what the registry says is certain at once
CERTAIN = (State.DOI_UNKNOWN, State.METADATA_MISMATCH)


def probe(settings: Settings, base: str, urls: Sequence[str], options: Options) -> Report:
    """Ask the links that were added or changed since `base`, or those named; certain bad news fails."""
    if os.environ.get("CI_NO_NETWORK") == "1":
        return report("links probe", (), NOT_RUN)
    then = cited_links(read_merge_base(settings, base)) if base else ()
    with outing(settings, options) as out:
        asked = [*some_of(out.links, urls), *(changed(out.links, then) if base else ())]
        looks = out.ask(list({link.url: link for link in asked}.values()))
    return report("links probe", (result for looked in looks for result in results(looked, strict=True)))


def refresh(
    settings: Settings,
    urls: Sequence[str],
    options: Options,
    *,
    everything: bool = False,
    part: tuple[int, int] = (1, 1),
) -> Report:
    """Ask the links whose time has come, or those named, or all; record what was seen and never fail."""
    if os.environ.get("CI_NO_NETWORK") == "1":
        return report("links refresh", (), NOT_RUN)
    with outing(settings, options) as out:
        asked = some_of(out.links, urls) or (list(out.links) if everything else out.run.due(out.links))
        looks = out.ask(shard(asked, *part))
    done = [looked for looked in looks if looked.look.observation]
    made = report("links refresh", (result for looked in done for result in results(looked, strict=False)))
    waiting = Counter(looked.look.why for looked in looks if looked.look.observation is None)
    later = [f"{number} wait for another run: {why}." for why, number in sorted(waiting.items())]
    return replace(made, end=" ".join([made.end if done or not later else "", *later]).strip())


def results(looked: Looked, *, strict: bool) -> Iterator[Result]:
    """Yield what a look means; `strict`: what is certain fails, and nothing else."""
    link, seen, record = looked.link, looked.look.observation, looked.record
    if seen is None:
        message = f"It was not asked: {looked.look.why}."
        usual = outcome(link, record, Verdict.NOTICE, hint="Run the command again later.")
        yield replace(usual, message=message)
        return
    missing = [quote for quote in link.quotes if seen.quotes.get(quote.key) is QuoteState.MISSING]
    for quote in missing:
        hint = "Compare the quote with the page, letter by letter."
        if near := looked.look.hints.get(quote.key):
            hint = f"The page has “{near}”. {hint}"
        found = outcome(link, record, Verdict.FAIL if strict else Verdict.WARNING, hint)
        yield replace(found, where=quote.where, message=f"{found.message} “{quote.quote}” of {quote.claim_id}.")
    if not missing:
        usual_verdict = STATES[record.state][0]
        certain = strict and (seen.certain or seen.outcome in CERTAIN)
        held = Verdict.WARNING if usual_verdict is Verdict.FAIL else usual_verdict
        yield outcome(link, record, Verdict.FAIL if certain else held)
