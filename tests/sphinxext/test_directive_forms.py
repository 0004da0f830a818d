"""The forms of directives that `check` reads by are those that Sphinx and docutils declare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docutils.parsers.rst import directives
from docutils.parsers.rst.languages import en
from docutils.utils import new_document
from workshop import Workshop

from factpress.files.directive_forms import forms
from factpress.model.allowed_markup import DIRECTIVES

SAMPLES = (None, "1", "-1", "0", "1 2", "auto", "grid", "left", "center", "top", "50%", "5px", "x", "lazy", "image",
           "tab", ";", "ab", "U+2014", "1.5")  # fmt: skip


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the class of each directive as it is registered while a book is read."""
    found: dict[str, Any] = {}

    def look_up(*_: object) -> None:
        document = new_document("a page")
        found.update({name: directives.directive(name, en, document)[0] for name in DIRECTIVES})

    shop = Workshop(Path(tmp_path_factory.mktemp("forms")))
    shop.build("html", watch=lambda app: app.connect("source-read", look_up))
    return found


@pytest.mark.parametrize("name", sorted(forms()))
def test_a_form_is_that_of_the_directive(name: str, declared: dict[str, Any]) -> None:
    form, kind = forms()[name], declared[name]
    assert (form.required, form.optional) == (kind.required_arguments, kind.optional_arguments)
    assert form.text == kind.has_content
    if form.required or form.optional:
        assert form.spaces == kind.final_argument_whitespace or form.required + form.optional == 0
    assert set(form.options) == set(DIRECTIVES[name])
    for option, convert in form.options.items():
        for sample in SAMPLES:
            if kind.option_spec[option] is directives.flag and convert is directives.flag:
                continue
            assert _result(convert, sample) == _result(kind.option_spec[option], sample), (option, sample)


def test_every_other_directive_is_filled_from_the_book(declared: dict[str, Any]) -> None:
    others = {name: kind for name, kind in declared.items() if name not in forms()}
    assert {kind.__name__ for kind in others.values()} == {"BlockDirective"}


def _result(convert: Any, value: str | None) -> object:
    try:
        return convert(value)
    except (ValueError, TypeError, AttributeError):
        return "refused"
