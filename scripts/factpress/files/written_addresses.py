"""Keeps addresses in prose as they are written: no apostrophe or row of dots of theirs is made a typographic one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.token import Token

#: an address, a DOI or a mail address in running text; a quotation mark after it is not part of it
ADDRESS = re.compile(
    r"((?:\b[A-Za-z][A-Za-z0-9+.-]{0,20}://|\bwww\.|\b10\.\d{4,9}/)[^\s<>\"“”]*[^\s<>\"“”'‘’.,;:!?)\]]"
    r"|\b[\w.+-]{1,64}(?:'[\w.+-]{1,64})?@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
)
# noncharacters, which no text may have, stand for both marks while the parser looks for pairs
_HIDE, _SHOW = str.maketrans("'\"", "\ufdd0\ufdd1"), str.maketrans("\ufdd0\ufdd1", "'\"")


def keep_addresses(parser: MarkdownIt) -> None:
    """Let a parser leave the addresses of a text as they are written."""
    # by itself it decodes what it shows of `<…>`: %20 is a space then, and what is not UTF-8 is U+FFFD
    parser.normalizeLinkText = address_as_written  # type: ignore[method-assign]
    parser.core.ruler.at("smartquotes", _smartquotes_around_addresses)


def around_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return the text as a function changes it that sets quotation marks, the addresses in it left as written."""
    hidden = ADDRESS.sub(lambda found: found[0].translate(_HIDE), text)
    return change(hidden).translate(_SHOW)


def address_as_written(link: str) -> str:
    """Return the address itself."""
    return link


def _smartquotes_around_addresses(state: StateCore) -> None:
    hidden = []
    for token, is_address in _texts(state.tokens):
        if is_address:
            written = token.content.translate(_HIDE)
        else:
            written = ADDRESS.sub(lambda found: found[0].translate(_HIDE), token.content)
        if written != token.content:
            token.content = written
            hidden.append(token)
    smartquotes(state)
    for token in hidden:
        token.content = token.content.translate(_SHOW)


def _texts(tokens: list[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield the texts of lines, and whether each is all of an address in `<…>`."""
    for line in tokens:
        inside = False
        for token in line.children or () if line.type == "inline" else ():
            if token.type in ("link_open", "link_close"):
                inside = token.type == "link_open" and token.info == "auto"
            elif token.type == "text":
                yield token, inside
