"""The published site holds the other editions, and names each file that it holds with its size, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factpress.build.downloads import finished_site
from factpress.build.inputs import EDITIONS, digest_of_inputs, stale_editions
from factpress.build.publish import publish_outputs
from factpress.settings import Settings
from factpress.sphinxext.blocks.register.downloads import BOX, LINE, file_size

LINK = re.compile(r'<a href="([^"]+)" download>([^<]+)</a>(?: <span>|\s)([^<·]+)')
DATE = "2026-11-20"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795651200")
    (tmp_path / "docs").mkdir()
    (tmp_path / "build" / ".work" / "html" / "back").mkdir(parents=True)
    return Settings(name="bridge", title="The <Bridge>", root=tmp_path)


def made(settings: Settings, *names: str) -> dict[str, Path]:
    """Return outputs as a build has made them: the site, and files of as many bytes as their names say."""
    site = settings.work / "html"
    (site / "index.html").write_text(f"<main>{BOX}</main><footer>{LINE}</footer>", encoding="utf-8")
    (site / "back" / "claims.html").write_text(f"<footer>{LINE}</footer>", encoding="utf-8")
    (site / "claims.json").write_bytes(b"{}" * 600)
    (site / ".buildinfo").write_text("of Sphinx", encoding="utf-8")
    outputs = {"html": site}
    for name in names:
        outputs[name] = settings.work / name
        outputs[name].write_bytes(name.encode() * 100_000)
    return outputs


def named(page: Path) -> dict[str, str]:
    return {name: size.strip() for name, _, size in LINK.findall(page.read_text(encoding="utf-8"))}


def test_each_file_is_named_on_each_page_with_its_size_and_lies_there(settings: Settings) -> None:
    site = finished_site(settings, made(settings, "bridge.pdf", "bridge.epub"), "inputs")
    sizes = {"bridge.pdf": "1.0\u00a0MB", "bridge.epub": "1.1\u00a0MB", "claims.json": "1.2\u00a0kB"}
    assert named(site / "index.html") == sizes
    assert named(site / "back/claims.html") == {f"../{name}": size for name, size in sizes.items()}
    assert (site / "bridge.pdf").read_bytes() == (settings.work / "bridge.pdf").read_bytes()
    assert not (site / ".buildinfo").exists()
    # what Sphinx wrote is as it was, so that the next build need not write it again
    assert BOX in (settings.work / "html" / "index.html").read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_not_named(settings: Settings) -> None:
    assert list(named(finished_site(settings, made(settings), "inputs") / "index.html")) == ["claims.json"]


def test_a_site_alone_takes_what_was_published_from_the_same_book(settings: Settings) -> None:
    outputs = made(settings, "bridge.pdf", "bridge-sheets-a4.pdf", "bridge-sheets-letter.pdf")
    del outputs["html"]
    publish_outputs(settings, outputs, {"pdf": "inputs"})
    assert "bridge.pdf" in named(finished_site(settings, made(settings), "inputs") / "index.html")
    assert "bridge.pdf" not in named(finished_site(settings, made(settings), "other inputs") / "index.html")


def test_the_site_is_made_again_when_another_edition_is(settings: Settings) -> None:
    inputs = digest_of_inputs("book", settings, ())
    outputs = made(settings)
    outputs["html"] = finished_site(settings, outputs, inputs)
    publish_outputs(settings, outputs, {"html": inputs})
    assert stale_editions(settings, ["html"], "book") == []
    assert stale_editions(settings, EDITIONS, "book") == ["html", "pdf", "epub"]  # they will stand in it
    others = made(settings, "bridge.epub")
    publish_outputs(settings, {"bridge.epub": others["bridge.epub"]}, {"epub": inputs})
    assert stale_editions(settings, ["html"], "book") == ["html"]  # the new EPUB is not in it
    outputs = made(settings)
    outputs["html"] = finished_site(settings, outputs, inputs)
    publish_outputs(settings, outputs, {"html": inputs})
    assert stale_editions(settings, ["html", "epub"], "book") == []


@pytest.mark.parametrize(
    ("count", "words"), [(0, "1 kB"), (999, "1 kB"), (1_500, "1.5 kB"), (640_000, "640 kB"), (12_340_000, "12 MB")]
)
def test_sizes_are_said_in_kilobytes_and_megabytes(count: int, words: str) -> None:
    assert file_size(count).replace("\u00a0", " ") == words
