"""Text from outside made safe for a terminal, a log and a data file: control characters are shown as escapes."""

from __future__ import annotations

import json
import re

# control characters, line separators, what turns the direction of writing, halves of characters, no characters
_ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# A runner of GitHub takes this for a command wherever it stands in a line.
_COMMAND = "##["


def printable(text: str) -> str:
    r"""Return one line in which nothing acts on a terminal: the escape character reads `\x1b`."""
    return _ACTING.sub(_shown, text)


def json_text(data: object) -> str:
    r"""Return data as indented JSON; what acts on a terminal or a runner is written as `\u…`."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    lines = (_ACTING.sub(_escaped, line).replace(_COMMAND, "#\\u0023[") for line in text.split("\n"))
    return "\n".join(lines)


def script_json(data: object) -> str:
    r"""Return data as JSON for a `script` element: no text of it can end the element, `<` is written as `\u003c`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _ACTING.sub(_escaped, re.sub("[<>&]", _escaped, text))


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
