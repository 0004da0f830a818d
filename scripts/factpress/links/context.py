"""What a command hands to a run: pace, services, the hosts of tests; the rest comes from the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlsplit

from factpress.files.book import read_book
from factpress.files.link_record.lock import NAME
from factpress.links import journal, soft404
from factpress.links.http.fetcher import Fetcher, Limits, user_agent
from factpress.links.http.guard import AllowedHost, Guard, Lookup
from factpress.links.registries.archives import own_copies
from factpress.links.registries.services import Services
from factpress.links.run import Looked, Run
from factpress.links.schedule.clock import Clock, SystemClock
from factpress.links.schedule.host_queues import Pace, with_services
from factpress.links.visit import Means
from factpress.model.book import Book
from factpress.model.links.cited_link import CitedLink, cited_links
from factpress.problems import BookError, UsageError
from factpress.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line, or a test, may set."""

    pace: Pace = field(default_factory=Pace)
    services: Services = field(default_factory=Services)
    allowed: Sequence[AllowedHost] = ()  #: hosts of tests on this machine
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    lookup: Lookup | None = None
    told: Callable[[Looked], None] = lambda _: None  #: is told of every look as it is done


@dataclass(frozen=True, slots=True)
class Outing:
    """A run that may begin: the book, its links, and a way to ask some of them."""

    book: Book
    links: tuple[CitedLink, ...]
    run: Run
    ask: Callable[[Sequence[CitedLink]], list[Looked]]


@contextmanager
def outing(settings: Settings, options: Options) -> Iterator[Outing]:
    """Read the book and its record, and keep other runs out; a book that cannot be read is not asked about.

    With half a bibliography, half of the record would be thrown away.
    """
    book, problems = read_book(settings)
    if unread := [problem for problem in problems if problem.is_error]:
        raise BookError(unread)
    with journal.alone(settings.work / "links.run"):
        links = cited_links(book)
        guard = Guard(options.allowed, options.lookup, urlsplit(options.services.doi).hostname or "")
        fetcher = Fetcher(guard, agent=user_agent(settings.site or settings.repository), limits=options.limits)
        pace = with_services(options.pace, options.services.paced)
        run = Run(
            settings.docs / "claims" / NAME, book.links, journal.Journal(settings.work / journal.NAME),
            fetcher, pace, options.clock,
        )  # fmt: skip
        known = soft404.read_siblings(settings.work / "links.siblings", options.clock.now().date())
        means = Means(known, options.services, pace.again, own_copies(book))
        yield Outing(book, links, run, lambda asked: run.go(asked, links, means, options.told))
        soft404.write_siblings(settings.work / "links.siblings", known)


def some_of(links: Sequence[CitedLink], urls: Sequence[str]) -> list[CitedLink]:
    """Return the links with these addresses; UsageError names one that the book does not cite."""
    known = {link.url: link for link in links}
    for url in urls:
        if url not in known:
            raise UsageError(f"The book does not cite {url!r}.", "Write it as it stands in the bibliography or ledger.")
    return [known[url] for url in dict.fromkeys(urls)]


def services_of(texts: Sequence[str]) -> Services:
    """Return the services with the addresses of `NAME=ADDRESS`; UsageError says which names there are."""
    names = [f.name for f in fields(Services)]
    services = Services()
    for text in texts:
        name, given, address = text.partition("=")
        if name not in names:
            raise UsageError(f"There is no service {name!r}.", f"Known: {', '.join(names)}.")
        if not given:
            raise UsageError(f"--service {name} gives no address.", f"Write {name}=ADDRESS, or {name}= to ask none.")
        services = replace(services, **{name: address.rstrip("/")})
    return services
