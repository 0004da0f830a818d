"""Forms that a page or a record must not act on, and the places where text can stand; planted in the clean book.

Each form names itself: a script of it would note its name in the window, a request of it would ask `{host}` for it,
and what it would publish of a file outside the book is `SECRET`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop import Workshop

SECRET = "Xk7-nobody-may-read-this"
RAN = "window.__ran=(window.__ran||[]).concat('{name}')"


@dataclass(frozen=True)
class Form:
    """One thing that somebody might write."""

    name: str
    text: str
    code: str  #: what `check` says of it
    block: bool = False  #: stands on lines of its own


INLINE = [
    Form("script", "<script>{ran}</script>", "raw-html"),
    Form("img-onerror", '<img src=x onerror="{ran}">', "raw-html"),
    Form("img-remote", "<img src={host}/{name}>", "raw-html"),
    Form("svg-onload", '<svg onload="{ran}"><animate onbegin="{ran}" attributeName=x dur=1s></svg>', "raw-html"),
    Form("iframe", '<iframe srcdoc="<script>parent.{ran}</script>"></iframe>', "raw-html"),
    Form("link-style", '<link rel=stylesheet href="{host}/{name}">', "raw-html"),
    Form("base", '<base href="{host}/{name}/">', "raw-html"),
    Form("form", '<form action="javascript:{ran}"><button autofocus onfocus="{ran}">x</button></form>', "raw-html"),
    Form("comment", "<!-- {name} --><script>{ran}</script>", "raw-html"),
    Form("comment-odd", '<!--> <img src=x onerror="{ran}"> -->', "raw-html"),
    Form("cdata", '<![CDATA[ <img src=x onerror="{ran}"> ]]>', "raw-html"),
    Form("processing", "<?xml-stylesheet href='{host}/{name}'?>", "raw-html"),
    Form("capitals", "<ScRiPt>{ran}</sCrIpT>", "raw-html"),
    Form("a-html", '<a href="javascript:{ran}" id=auto>x</a>', "raw-html"),
    Form("javascript-link", "[x](javascript:{ran})", "address-refused"),
    Form("javascript-capitals", "[x](JaVaScRiPt:{ran})", "address-refused"),
    Form("javascript-entity", "[x](java&#115;cript:{ran})", "address-refused"),
    Form("javascript-tab", "[x](<java&Tab;script:{ran}>)", "address-refused"),
    Form("javascript-auto", "<javascript:{ran}>", "address-refused"),
    Form("vbscript-link", "[x](vbscript:x)", "address-refused"),
    Form("data-link", "[x](data:text/html,%3Cscript%3E{ran}%3C/script%3E)", "address-refused"),
    Form("data-base64", "[x](data:text/html;base64,PHNjcmlwdD4)", "address-refused"),
    Form("file-link", "[x](file://{secret})", "address-refused"),
    Form("file-auto", "<file://{secret}>", "address-refused"),
    Form("host-link", "[x](//evil.example/{name})", "address-refused"),
    Form("inventory", "[x](inv:python#os)", "address-refused"),
    Form("other-scheme", "[x](smb://evil.example/{name})", "address-refused"),
    Form("backslash", "[x](..\\\\..\\\\secret)", "address-refused"),
    Form("link-up", "[x]({up})", "path-refused"),
    Form("link-up-encoded", "[x]({up_encoded})", "path-refused"),
    Form("path-link", "[x](path:{up})", "address-refused"),
    Form("project-link", "[x](project:{up})", "path-refused"),
    Form("link-symbolic", "[x](/pictures/ways.txt)", "path-refused"),
    Form("link-symbolic-folder", "[x](/ways/secret.txt)", "path-refused"),
    Form("link-hidden", "[x](/.hidden.txt)", "path-refused"),
    Form("link-active", "[x](/pictures/active.html)", "path-refused"),
    Form("image-up", "![x]({up})", "path-refused"),
    Form("image-symbolic", "![x](/pictures/ways.png)", "path-refused"),
    Form("image-pattern", "![x](/pictures/*.png)", "path-refused"),
    Form("image-remote", "![x]({host}/{name}.png)", "picture-remote"),
    Form("image-host", "![x](//127.0.0.1/{name}.png)", "picture-remote"),
    Form("image-data", "![x](data:image/svg+xml,<svg/>)", "picture-remote"),
    Form("image-file", "![x](file://{secret})", "picture-remote"),
    Form("image-active", "![x](/pictures/active.svg)", "picture-active"),
    Form("download-up", "{{download}}`x <{up}>`", "path-refused"),
    Form("download-symbolic", "{{download}}`x </pictures/ways.txt>`", "path-refused"),
    Form("raw-role", "{{raw}}`<script>{ran}</script>`", "role-refused"),
    Form("math-role", "{{math}}`x`", "role-refused"),
    Form("unknown-role", "{{file}}`x`", "role-refused"),
    Form("domain-role", "{{py:func}}`x`", "role-refused"),
    Form("sub-role", "{{sub-ref}}`env`", "role-refused"),
    Form("attribute-handler", "[x](https://www.example.org/){{onclick=go}}", "attribute-refused"),
    Form("attribute-style", "[x]{{style=position:fixed}}", "attribute-refused"),
    Form("attribute-href", '[x](https://www.example.org/){{href="javascript:{ran}"}}', "address-refused"),
    Form("attribute-target", "[x](https://www.example.org/){{target=_self}}", "attribute-refused"),
    Form("attribute-class", "[x]{{.state}}", "attribute-refused"),
    Form("attribute-id", "[x]{{#ref-holm1851}}", "attribute-refused"),
    Form("substitution", "{{{{ env.config }}}}", "markup-unread"),
]
BLOCK = [
    Form("raw", "```{{raw}} html\n<script>{ran}</script>\n```", "directive-refused", True),
    Form("raw-colon", ":::{{raw}} html\n<script>{ran}</script>\n:::", "directive-refused", True),
    Form("raw-tilde", "~~~{{raw}} html\n<script>{ran}</script>\n~~~", "directive-refused", True),
    Form("raw-capitals", "```{{RAW}} html\n<script>{ran}</script>\n```", "directive-refused", True),
    Form("raw-file", "```{{raw}} html\n:file: {up}\n```", "directive-refused", True),
    Form("raw-url", "```{{raw}} html\n:url: {host}/{name}\n```", "directive-refused", True),
    Form("eval-rst", "```{{eval-rst}}\n.. raw:: html\n\n   <script>{ran}</script>\n```", "directive-refused", True),
    Form("eval-rst-file", "```{{eval-rst}}\n.. include:: {up}\n```", "directive-refused", True),
    Form("eval-rst-colon", ":::{{eval-rst}}\n.. include:: {up}\n:::", "directive-refused", True),
    Form("include", "```{{include}} {up}\n```", "directive-refused", True),
    Form("include-absolute", "```{{include}} {secret}\n:literal:\n```", "directive-refused", True),
    Form("literalinclude", "```{{literalinclude}} {up}\n```", "directive-refused", True),
    Form("environment", "```{{literalinclude}} /../../../../../../proc/self/environ\n```", "directive-refused", True),
    Form("csv-file", "```{{csv-table}}\n:file: {up}\n```", "directive-option", True),
    Form("csv-file-yaml", "```{{csv-table}}\n---\nfile: {up}\n---\n```", "directive-option", True),
    Form("csv-file-quoted", '```{{csv-table}}\n---\n"file": {up}\n---\n```', "directive-option", True),
    Form("csv-file-indented", "```{{csv-table}}\n  :file: {up}\n```", "directive-option", True),
    Form("csv-url", "```{{csv-table}}\n:url: {host}/{name}\n```", "directive-option", True),
    Form("csv-cell", '```{{csv-table}}\na,"<script>{ran}</script>"\n```', "raw-html", True),
    Form("list-table", '```{{list-table}}\n* - <img src=x onerror="{ran}">\n  - b\n```', "raw-html", True),
    Form("image-directive", "```{{image}} {up}\n```", "path-refused", True),
    Form("image-target", "```{{image}} /pictures/plain.png\n:target: javascript:{ran}\n```", "address-refused", True),
    Form("image-class", "```{{image}} /pictures/plain.png\n:class: mark\n```", "directive-option", True),
    Form("figure-directive", ":::{{figure}} {up}\nWords\n:::", "path-refused", True),
    Form("figure-remote", ":::{{figure}} {host}/{name}.png\nWords\n:::", "picture-remote", True),
    Form("figure-md", ':::{{figure-md}} x\n<img src=x onerror="{ran}">\n\nWords\n:::', "directive-refused", True),
    Form("toctree-scheme", "```{{toctree}}\nx <javascript://%0a{ran}>\n```", "address-refused", True),
    Form("toctree-up", "```{{toctree}}\n../../secret\n```", "path-refused", True),
    Form("meta", "```{{meta}}\n:http-equiv=refresh: 0;url={host}/{name}\n```", "directive-refused", True),
    Form("math", "```{{math}}\nx\n```", "directive-refused", True),
    Form("graphviz", "```{{graphviz}} {up}\n```", "directive-refused", True),
    Form("only", "```{{only}} html\nx\n```", "directive-refused", True),
    Form("container", ":::{{container}} card\nx\n:::", "directive-refused", True),
    Form("rst-class", "```{{rst-class}} card\n```", "directive-refused", True),
    Form("default-role", "```{{default-role}} raw\n```", "directive-refused", True),
    Form("role-directive", "```{{role}} raw-html(raw)\n:format: html\n```", "directive-refused", True),
    Form("title", "```{{title}} x\n```", "directive-refused", True),
    Form("colons", "::: card\n<script>{ran}</script>\n:::", "raw-html", True),
    Form("in-a-box", ":::{{note}}\n<script>{ran}</script>\n:::", "raw-html", True),
    Form("in-a-box-option", ":::{{note}}\n:class: card\nx\n:::", "directive-option", True),
    Form("html-block", "<div>\n\n<script>{ran}</script>\n\n</div>", "raw-html", True),
    Form("html-comment", "<!--\n{ran}\n-->", "raw-html", True),
    Form("html-details", '<details open ontoggle="{ran}">x</details>', "raw-html", True),
    Form("html-image", '<img src="{up}" class="x">', "raw-html", True),
    Form("html-admonition", '<div class="admonition note">\n<p class="title">x</p>\n</div>', "raw-html", True),
    Form("reference", "[x][{name}]\n\n[{name}]: javascript:{ran}", "address-refused", True),
    Form("attribute-block", "{{onclick=go}}\nWords.", "attribute-refused", True),
    Form("attribute-block-class", "{{.card}}\nWords.", "attribute-refused", True),
    Form("target", "(p1-1)=\n\nWords.", "attribute-refused", True),
]
#: at the head of a page
HEADS = [
    Form("head-html", "---\nmyst:\n  enable_extensions: [html_image]\n---\n\n<img src={host}/{name}>", "front-matter"),
    Form("head-admonition", "---\nmyst:\n  enable_extensions: [html_admonition]\n---\n\nx", "front-matter"),
    Form("head-jinja", "---\nmyst:\n  enable_extensions: [substitution]\n---\n\n{{{{ env.app }}}}", "front-matter"),
    Form("head-meta", "---\nhtml_meta:\n  http-equiv=refresh: 0;url={host}/{name}\n---", "front-matter", True),
    Form("head-field", "---\ntitle: <script>{ran}</script>\n---", "front-matter", True),
    Form("head-object", "---\n!!python/object/apply:os.system ['touch {secret}.ran']\n---", "front-matter", True),
]  # fmt: skip
#: what records and settings may say; all of them are plain text there
TEXTS = [
    "<script>{ran}</script>",
    '"><img src=x onerror="{ran}">',
    "</title></script><script>{ran}</script>",
    ']]><svg onload="{ran}">',
    "[x](javascript:{ran}) ![x]({host}/{name}) {{{{ 7*7 }}}} {{% raw %}} {{raw}}`<b>`",
]

#: places of running text: name and the text around a form
INLINE_PLACES = {
    "paragraph": "Words {} here.",
    "list": "- Words {} here.",
    "table cell": "| a |\n|---|\n| {} |",
    "quotation": "> Words {} here.",
    "heading": "### Words {}",
    "emphasis": "Words *{}* here.",
    "definition": "Word\n: {}",
    "footnote": "Words[^{name}].\n\n[^{name}]: Words {} here.",
    "box": ":::{{note}}\nWords {} here.\n:::",
}
BLOCK_PLACES = {"page": "{}", "list": "- item\n\n  {}", "quotation": "> {}", "box": "::::{{note}}\n\n{}\n::::"}


class Plants:
    """The forms, written out for one book: where its secret lies and which host would be asked."""

    def __init__(self, workshop: Workshop, host: str) -> None:
        self.workshop, self.host = workshop, host
        self.secret = workshop.root.parent / "secret.txt"
        self.secret.write_text(f"{SECRET}\n", encoding="utf-8")
        self.pictures = workshop.docs / "pictures"

    def lay_files(self) -> None:
        """Put beside the pages what the forms name: links that lead out, and files that act."""
        self.pictures.mkdir()
        (self.workshop.docs / ".hidden.txt").write_text(f"{SECRET}\n", encoding="utf-8")
        for name in ("ways.txt", "ways.png"):
            (self.pictures / name).symlink_to(self.secret)
        (self.workshop.docs / "ways").symlink_to(self.secret.parent)
        (self.pictures / "active.html").write_text(f"<script>{self.fill(RAN, 'file')}</script>", encoding="utf-8")
        (self.pictures / "active.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg"><script>{self.fill(RAN, "svg")}</script></svg>', encoding="utf-8"
        )
        (self.pictures / "plain.png").write_bytes(bytes.fromhex(PNG))

    def fill(self, text: str, name: str, folder: str = "chapters") -> str:
        """Return a form's text as it stands in a page of a folder of docs/."""
        up = os.path.relpath(self.secret, self.workshop.docs / folder)
        ran = RAN.format(name=name)
        return text.format(
            name=name, ran=ran, host=self.host, secret=self.secret, up=up, up_encoded=up.replace(".", "%2E")
        )

    def placed(self, form: Form, folder: str = "chapters") -> Iterator[tuple[str, str]]:
        """Yield the places where a form can stand, each with the Markdown that puts it there."""
        for place, around in (BLOCK_PLACES if form.block else INLINE_PLACES).items():
            name = f"{form.name}-{place.replace(' ', '-')}"
            text = self.fill(form.text, name, folder)
            if place == "table cell":
                text = text.replace("|", "\\|")
            indent = "\n" + {"list": "  ", "quotation": "> "}.get(place, "")
            yield place, around.format(text.replace("\n", indent), name=name)


PNG = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def plant_everywhere(plants: Plants) -> None:
    """Put every form in every place of a chapter and in a page of the back and the first page; texts in the data."""
    docs = plants.workshop.docs
    for page, folder in (("chapters/01-building", "chapters"), ("back/claims", "back"), ("index", "")):
        places = None if folder == "chapters" else 1  # the other pages are read by the same parser
        parts = [t for form in (*INLINE, *BLOCK) for _, t in list(plants.placed(form, folder))[:places]]
        path = docs / f"{page}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
    for form in HEADS:
        path = docs / "back" / f"{form.name}.md"
        path.write_text(f"{plants.fill(form.text, form.name, 'back')}\n\n# {form.name}\n", encoding="utf-8")
    (docs / "back" / "ways.md").symlink_to(plants.secret)
    plant_data(plants)


def plant_data(plants: Plants) -> None:
    """Put texts that would act into the fields of the records, the bibliography and the settings."""
    root = plants.workshop.root
    for number, (file, field) in enumerate(FIELDS):
        path = root / file
        text = path.read_text(encoding="utf-8")
        planted = plants.fill(TEXTS[number % len(TEXTS)], f"field{number}").replace("'", "''")
        pattern = rf"(?m)^(\s*(?:- )?{field}: )(.+)$"
        assert re.search(pattern, text), f"{file} has no field {field}"
        path.write_text(re.sub(pattern, lambda m, new=planted: f"{m[1]}'x {new}'", text, count=1), encoding="utf-8")
    plant_addresses(root)
    bib = root / "references.bib"
    text = bib.read_text(encoding="utf-8")
    for number, field in enumerate(("title", "journal", "publisher", "institution", "volume", "pages")):
        planted = re.sub("[{}%]", "", plants.fill(TEXTS[number % 4], f"bib{number}"))
        text = re.sub(rf"(  {field} = \{{+)", lambda m, new=planted: f"{m[1]}x {new} ", text, count=1)
    text = text.replace("url = {https://www.example.org/survey/arden}", "url = {javascript:window.__ran=['bib']}")
    text = text.replace(
        "  doi = {10.5555/brand.1977},\n", "  url = {data:text/html,x},\n  archived = {file:///etc/x},\n"
    )
    bib.write_text(text, encoding="utf-8")
    lines = ["[tool.factpress]", 'name = "arden-bridge"', 'subjects = ["treaties"]']
    for name, planted in zip(("title", "subtitle", "publisher"), TEXTS, strict=False):
        lines.append(f"{name} = {json.dumps('Words ' + plants.fill(planted, name))}")
    (root / "pyproject.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = root / "docs" / "figures"
    figures.mkdir()
    listed = FIGURES.format(plants.fill(TEXTS[0], "figure").replace("'", "''"))
    (figures / "figures.yaml").write_text(listed, encoding="utf-8")
    drawn = f"<!-- drawn from {'0' * 64}, page 1 of 1 -->\n<svg xmlns='http://www.w3.org/2000/svg'>"
    script = f"<script>{RAN.format(name='drawn')}</script>"
    (figures / "findings.svg").write_text(f"{drawn}{script}</svg>\n", encoding="utf-8")
    page = "# Figures\n\n:::{book-figure} findings\n:::\n"
    (root / "docs" / "back" / "figures.md").write_text(page, encoding="utf-8")


def plant_addresses(root: Path) -> None:
    """Give the evidence of a claim addresses that would run, or lead to a file."""
    path = root / "docs" / "claims" / "01-building.yaml"
    text = path.read_text(encoding="utf-8")
    new = "\\1url: javascript:window.__ran=['url']\n\\1archived: file:///etc/passwd\n\\1says:"
    path.write_text(re.sub(r"( +)says:", new, text, count=2), encoding="utf-8")


FIGURES = """- id: findings
  title: 'Findings {0}'
  caption: 'One bar a chapter {0}'
  alt: 'Two stacked bars, one a chapter {0}'
  draws: verdicts
"""
_C, _B = "docs/claims", "docs/back"
FIELDS = [
    *((f"{_C}/02-today.yaml", field) for field in (
        "claim", "statement", "reasoning", "correction", "locator", "says")),
    *((f"{_C}/people.yaml", field) for field in ("name", "role")),
    *((f"{_B}/glossary.yaml", field) for field in ("term", "says", "open")),
    *((f"{_B}/index-terms.yaml", field) for field in ("entry",)),
    *((f"{_B}/parties.yaml", field) for field in ("name", "long")),
    *((f"{_B}/questions.yaml", field) for field in ("asks", "answer")),
    *((f"{_B}/reading.yaml", field) for field in ("group", "by", "work", "why")),
    *((f"{_B}/timeline.yaml", field) for field in ("what", "part")),
    *((f"{_B}/treaties.yaml", field) for field in ("name", "note", "article", "says", "open")),
    ("docs/article/provenance.yaml", "title"),
    ("docs/article/provenance.yaml", "text"),
]  # fmt: skip
