"""A test that needs a missing tool is skipped with the line that says how to get it; with CI=true it fails."""

from __future__ import annotations

import pytest

from factpress.doctor import requirements
from needs import need, needs


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements.ThisMachine, "program", lambda *_: None)


def test_it_is_skipped_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match=r"qpdf is missing: .* apt-get install qpdf"):
        need("qpdf")


def test_on_a_server_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"qpdf is missing: .* apt-get install qpdf"):
        need("qpdf")


def test_a_misspelt_need_is_refused() -> None:
    with pytest.raises(AssertionError, match="qpfd"):
        needs("qpfd")
