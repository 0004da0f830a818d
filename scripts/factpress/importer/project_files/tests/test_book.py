"""The book has no problems, and its web site can be made."""

from pathlib import Path

from factpress.cli.main import main

ROOT = Path(__file__).parents[1]


def test_check_finds_nothing_wrong() -> None:
    assert main(["--root", str(ROOT), "check"]) == 0


def test_the_web_site_is_made() -> None:
    assert main(["--root", str(ROOT), "build", "--edition", "html"]) == 0
    assert (ROOT / "build" / "html" / "index.html").is_file()
