"""The nodes of a YAML file as a tree: texts, sequences and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from factpress.model.place import Place

DEEPEST_NESTING = 20
NULL_SCALARS = frozenset({"", "~", "null", "Null", "NULL"})  #: plain scalars that say "no value"


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One text."""

    text: str
    where: Place
    start: int  #: offset of its first character in the file
    end: int
    plain: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to read."""
        return not self.text.strip() or (self.plain and self.text in NULL_SCALARS)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """Values in order."""

    items: tuple[Node, ...]
    where: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Named values in the order of the file."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    where: Place
    start: int
    end: int


Node = ScalarNode | SequenceNode | MappingNode
