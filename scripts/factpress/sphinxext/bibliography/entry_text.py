"""A source as the list of sources prints it.

It formats our own records, not the parser's fields, so the list shows the text that a sign-off covers.
Missing pieces are left out; only a missing date is said ("n.d.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from pybtex.richtext import HRef, Tag, Text

from factpress.model.dates import in_words
from factpress.model.links.copying import copying_kind
from factpress.model.source import OTHERS, Name, Source, doi_address

ITALIC = ("book", "report", "thesis", "treaty", "hearing")
PLAIN = ("legal",)
CONTAINED = ("incollection", "inbook", "inproceedings")
LANGUAGES = {"ko": "Korean", "zh": "Chinese", "ja": "Japanese", "ru": "Russian", "de": "German", "fr": "French"}


def paragraph(source: Source) -> Text:
    """Return a source as a reader finds it: who, what, where, when; addresses; language; note."""
    sentences = [who(source), what(source), addresses(source), language(source), Text(source.get("note"))]
    return Text(" ").join(sentence.add_period() for sentence in sentences if str(sentence))


def who(source: Source) -> Text:
    """Return the people or the body that the list is sorted by, the first of them family first."""
    people = source.responsible
    role = ""
    if people and people == source.names.get("editor") and not source.names.get("author"):
        role = ", ed." if len(people) == 1 else ", eds"
    return Text(listed([people[0].inverted, *(name.in_order for name in people[1:])]) + role if people else "")


def what(source: Source) -> Text:
    """Return title, container, edition, people, publisher, date and pages, parted by commas."""
    contained = source.type in CONTAINED
    booktitle, journal, edition = (source.get(name) for name in ("booktitle", "journal", "edition"))
    container = Text("in " if contained or not source.get("title") else "", Tag("em", quoted(booktitle, inner=False)))
    pieces = [
        title(source),
        container if booktitle else "",
        Text(Tag("em", journal), f" {source.get('volume')}".rstrip())
        if journal
        else counted("vol.", source.get("volume")),
        counted("no.", source.get("number")),
        source.get("series"),
        edition if not edition or "ed" in edition.lower() else f"{edition} ed.",
        *(helpers(source, role, said) for role, said in (("editor", "ed."), ("translator", "trans."))),
        *publishers(source),
        in_words(source.get("date") or source.get("year")) or "n.d.",
        pages(source.get("pages")),
        f"ISBN {source.get('isbn')}" if source.get("isbn") else "",
    ]
    return Text(", ").join(piece for piece in pieces if str(piece))


def title(source: Source) -> Text:
    """Return the title, its case as written: italic, in quotation marks, or plain where it is our description."""
    text = ": ".join(filter(None, (source.get("title"), source.get("subtitle"))))
    if not text or source.type in PLAIN or text.startswith("["):
        return Text(quoted(text, inner=False))
    if source.type in ITALIC:
        return Text(Tag("em", quoted(text, inner=False)))
    return Text(f"“{quoted(text, inner=True)}”")


def quoted(text: str, inner: bool) -> str:
    """Return text with typographic quotation marks, single ones where it stands inside a quotation."""
    text = re.sub(r'"([^"]*)"', r"“\1”", text)
    text = re.sub(r"(?<=\w)'", "’", text)
    return text.translate({ord("“"): "‘", ord("”"): "’"}) if inner else text


def helpers(source: Source, role: str, said: str) -> str:
    """Return `ed. Jean Lee and Victor D. Cha`, unless the list is sorted by them."""
    names: tuple[Name, ...] = source.names.get(role, ())
    return f"{said} {listed([name.in_order for name in names])}" if names and names != source.responsible else ""


def publishers(source: Source) -> Iterator[str]:
    """Yield who published the source and where, nobody twice."""
    said = {name.literal for name in source.responsible}
    place = source.get("address")
    for name in ("publisher", "institution", "school"):
        if (body := source.get(name)) and body not in said:
            said.add(body)
            yield f"{place}: {body}" if place else body
            place = ""
    if place:
        yield place


def addresses(source: Source) -> Text:
    """Return DOI, address, day of access and archived copy; the address only where it is another place."""
    doi, urldate = source.get("doi"), source.get("urldate")
    # the check refuses a copying host; a build by Sphinx alone leaves it out
    url, archived = (at if not copying_kind(at := source.get(name)) else "" for name in ("url", "archived"))
    pieces = []
    if doi:
        pieces.append(Text("DOI ", HRef(doi_address(doi), doi)))
    if url and not (doi and (urlsplit(url).hostname or "").endswith("doi.org")):
        pieces.append(Text(HRef(address(url), re.sub(r"^https?://|/$", "", url, flags=re.IGNORECASE))))
        if urldate:
            pieces.append(Text(f"accessed {in_words(urldate)}"))
    if archived:
        pieces.append(Text(HRef(address(archived), "archived copy")))
    return Text(", ").join(pieces)


def language(source: Source) -> Text:
    """Return `In Korean` where the source is not in English."""
    said = source.get("language")
    if said.lower() in ("", "english") or said.lower().startswith("en-") or said.lower() == "en":
        return Text("")
    return Text(f"In {LANGUAGES.get(said.lower(), said[:1].upper() + said[1:])}")


def address(url: str) -> str:
    """Return an address as a link needs it: letters outside ASCII and brackets percent-encoded, the rest as it is."""
    if "://" not in url:
        return url  # not an address of the web: no page will link to it
    head, slash, path = url.partition("://")[2].partition("/")
    return url[: url.find("://") + 3] + head + slash + quote(path, safe="%/:;,.()+-_~*!'@$&=?#")


def counted(word: str, text: str) -> str:
    """Return `no. 3` for a number, and any other text as it is."""
    return f"{word} {text}" if re.fullmatch(r"[\dIVXLC][\dIVXLC–/-]*", text) else text


def pages(text: str) -> str:
    """Return `p. 7`, `pp. 1–16`."""
    text = re.sub(r"(?<=\d)-+(?=\d)", "–", text)
    if not text[:1].isdigit():
        return text
    return f"{'pp.' if re.search(r'[–,-]', text) else 'p.'} {text}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them; the last may be `et al.`."""
    if len(names) < 2:
        return "".join(names)
    last = names[-1] if names[-1] == OTHERS.literal else f"and {names[-1]}"
    return f"{', '.join(names[:-1])}{',' if len(names) > 2 or ',' in names[0] else ''} {last}"
