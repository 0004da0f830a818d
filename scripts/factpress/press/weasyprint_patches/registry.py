"""The one list of patches: what each replaces and why, for which versions, and whether its target is still there."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import Any

from factpress.press.weasyprint_patches import counters, footnotes, line_breaking, list_markers, structure_tags
from factpress.problems import ToolError

SPLIT_FIRST_LINE = "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"
BUILD_BOX_TREE = "(box, parent, pdf, page_number, nums, annotations, tags)"


class Stage(StrEnum):
    """When a patch is applied."""

    LAYOUT = "layout"  #: while boxes are made and pages are filled
    WRITING = "writing"  #: while pages are drawn and tagged


@dataclass(frozen=True, slots=True)
class Target:
    """Something of another package, and how it must be called."""

    name: str  #: module:attribute, or module:Class.attribute
    signature: str  #: as `inspect.signature` prints it; a property's is that of its getter

    @property
    def module(self) -> str:
        """Return the name of the module."""
        return self.name.partition(":")[0]

    @property
    def attributes(self) -> list[str]:
        """Return the names that lead from the module to the target."""
        return self.name.partition(":")[2].split(".")

    def owner(self) -> Any:
        """Return the module or class that the target is an attribute of; AttributeError or ImportError if it moved."""
        found: Any = importlib.import_module(self.module)
        for attribute in self.attributes[:-1]:
            found = getattr(found, attribute)
        return found

    def get(self) -> Any:
        """Return what stands there now; AttributeError or ImportError if it moved."""
        return inspect.getattr_static(self.owner(), self.attributes[-1])


@dataclass(frozen=True, slots=True)
class Patch:
    """One change of another package's behaviour, for as long as a part is laid out or written."""

    name: str
    stage: Stage
    targets: tuple[Target, ...]  #: what is replaced
    replace: Callable[..., Sequence[Any]]  #: from the originals of the targets to what takes their places
    symptom: str  #: what comes out without the patch
    upstream: str  #: issue there, or "" where none was found
    package: str  #: distribution that is patched
    since: tuple[int, ...]  #: first version that it is for
    until: tuple[int, ...]  #: first version that it is not for
    still_needed: str  #: test that fails once the package is repaired: without the patch, the symptom is there
    needs: tuple[Target, ...] = ()  #: what else of the package the replacement uses


WEASYPRINT = ("weasyprint", (70,), (71,))
PYDYF = ("pydyf", (0, 13), (0, 14))

#: in the order of their application: of two with one target, the later one calls the earlier one
PATCHES: tuple[Patch, ...] = (
    Patch(
        "keep_footnotes_with_calls",
        Stage.LAYOUT,
        (
            Target(
                "weasyprint.document:LayoutContext",
                "(style_for, get_image_from_uri, font_config, counter_style, target_collector)",
            ),
        ),
        footnotes.keep_footnotes_with_calls,
        "a footnote is pushed to the next page without its call, or lost when that page is laid out again",
        "Kozea/WeasyPrint#1564 (open); #2432 (closed in 2025) is of the same algorithm",
        *WEASYPRINT,
        "test_footnotes.py::test_weasyprint_alone_still_loses_footnotes_which_is_a_problem",
        (Target("weasyprint.document:LayoutContext._update_footnote_area", "(self)"),),
    ),
    Patch(
        "hang_trailing_space",
        Stage.LAYOUT,
        (Target("weasyprint.layout.inline:split_first_line", SPLIT_FIRST_LINE),),
        line_breaking.hang_trailing_space,
        "a text that fits but for its last space is cut after its first word, and the line ends there",
        "",
        *WEASYPRINT,
        "test_line_breaking.py::test_weasyprint_alone_cuts_a_text_whose_last_space_does_not_fit",
    ),
    Patch(
        "stable_page_counters",
        Stage.LAYOUT,
        (Target("weasyprint.document:TargetCollector", "()"),),
        counters.stable_page_counters,
        "every page that prints a page number is laid out again in every round (same bytes, a quarter slower)",
        "",
        *WEASYPRINT,
        "test_counters.py::test_weasyprint_alone_lays_out_more_pages_than_it_needs",
        (
            Target(
                "weasyprint.document:TargetCollector.collect_missing_counters",
                "(self, parent_box, css_token, parse_again_function, missing_counters, missing_target_counters)",
            ),
            Target(
                "weasyprint.document:TargetCollector.cache_target_page_counters",
                "(self, anchor_name, page_counter_values, page_maker_index, page_maker)",
            ),
        ),
    ),
    Patch(
        "cache_page_references",
        Stage.WRITING,
        (Target("pydyf:PDF.page_references", "(self)"),),
        counters.cache_page_references,
        "the list of all pages is made once for every structure element: with their square (same bytes)",
        "",
        *PYDYF,
        "test_counters.py::test_pydyf_alone_lists_all_pages_for_every_element",
    ),
    Patch(
        "name_languages",
        Stage.WRITING,
        (Target("weasyprint.pdf.tags:_build_box_tree", BUILD_BOX_TREE),),
        structure_tags.name_languages,
        "a passage with a `lang` of its own is read aloud in the language of the document (ISO 14289-1, 7.2)",
        "",
        *WEASYPRINT,
        "test_structure_tags.py::test_weasyprint_alone_names_no_language_of_a_passage",
    ),
    Patch(
        "leave_out_redundant_tags",
        Stage.WRITING,
        (Target("weasyprint.pdf.tags:_build_box_tree", BUILD_BOX_TREE),),
        structure_tags.leave_out_redundant_tags,
        "every piece of text and every inline element has a structure element that says nothing",
        "Kozea/WeasyPrint#2471 names the needless spans",
        *WEASYPRINT,
        "test_structure_tags.py::test_weasyprint_alone_tags_every_piece_of_text",
    ),
    Patch(
        "name_origins",
        Stage.WRITING,
        (Target("weasyprint.pdf.tags:_build_box_tree", BUILD_BOX_TREE),),
        structure_tags.name_origins,
        "nothing tells which structure elements were one element of the page before a page break cut it",
        "Kozea/WeasyPrint#2903 (open; its maintainer calls it an architecture problem)",
        *WEASYPRINT,
        "test_structure_tags.py::test_weasyprint_alone_begins_every_page_with_new_elements",
    ),
    Patch(
        "draw_markers_in_order",
        Stage.WRITING,
        (
            Target(
                "weasyprint.stacking:_dispatch_children",
                "(box, page, child_contexts, blocks, floats, blocks_and_cells)",
            ),
        ),
        list_markers.draw_markers_in_order,
        "the markers of list items are drawn after all the text of a page, so copied text has them at its end",
        "Kozea/WeasyPrint#2715 (closed)",
        *WEASYPRINT,
        "test_list_markers.py::test_weasyprint_alone_draws_markers_after_the_text",
    ),
)  # fmt: skip

#: what `boxes`, `list_markers`, `layout.page_numbers` and `layout.overflow` use of laid-out pages
BOXES = "weasyprint.formatting_structure.boxes"
BOX_NAMES = (
    "InlineBlockBox", "InlineBox", "LineBox", "ReplacedBox", "TableBox", "TextBox", "Box.is_leader",
    "Box.is_outside_marker",
)  # fmt: skip


@contextmanager
def applied(stage: Stage) -> Iterator[None]:
    """Apply, in this block, the patches of a stage.

    Raises:
        ToolError: a patch does not fit the packages that are installed; see `verify`.
    """
    verify()
    replaced: list[tuple[Any, str, Any]] = []
    try:
        for patch in (patch for patch in PATCHES if patch.stage is stage):
            originals = [target.get() for target in patch.targets]
            for target, original, new in zip(patch.targets, originals, patch.replace(*originals), strict=True):
                owner, name = target.owner(), target.attributes[-1]
                replaced.append((owner, name, original))
                setattr(owner, name, new)
        yield
    finally:
        for owner, name, original in reversed(replaced):
            setattr(owner, name, original)


@cache
def verify() -> None:
    """Compare every patch with what is installed: versions, targets and how they are called. Once in a process.

    Raises:
        ToolError: one line that names the patch and the version, before anything is laid out.
    """
    for patch in PATCHES:
        if misfit := _misfit(patch):
            first, last = (".".join(map(str, numbers)) for numbers in (patch.since, patch.until))
            raise ToolError(
                f"The patch {patch.name} does not fit {patch.package} {version(patch.package)}: {misfit}.",
                f'Install what it was tried with: python -m pip install "{patch.package}>={first},<{last}"',
            )
    for name in BOX_NAMES:
        try:
            Target(f"{BOXES}:{name}", "").get()
        except (ImportError, AttributeError):
            raise ToolError(
                f"The page numbers do not fit weasyprint {version('weasyprint')}: {BOXES}:{name} is not there.",
                'Install what they were tried with: python -m pip install "weasyprint>=70,<71"',
            ) from None


def _misfit(patch: Patch) -> str:
    """Return what is different from what the patch was made for; "" if nothing is."""
    if not patch.since <= _numbers(version(patch.package)) < patch.until:
        return f"it is for versions from {'.'.join(map(str, patch.since))} to before {'.'.join(map(str, patch.until))}"
    for target in (*patch.targets, *patch.needs):
        try:
            part = target.get()
        except (ImportError, AttributeError):
            return f"{target.name} is not there"
        try:
            signature = _signature(part)
        except (TypeError, ValueError):
            return f"{target.name} cannot be called"
        if signature != target.signature:
            return f"{target.name} is called as {signature}"
    return ""


def _signature(found: Any) -> str:
    """Return how something is called, without types."""
    function: Any = found.fget if isinstance(found, property) else found
    signature = inspect.signature(function)
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def _numbers(written: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: (70, 1) of "70.1rc2" is (70,), which counts as earlier."""
    numbers: list[int] = []
    for part in written.split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)
