"""Names are parted as biber parts them; what it refuses or would print wrongly is said."""

from __future__ import annotations

import time

import pytest

from factpress.files.bibtex.names import name_faults, parse_names, split_names
from factpress.model.source import OTHERS, Name

READ = [
    ("Poe, Ann and Roe, Bob", [Name("Poe", "Ann"), Name("Roe", "Bob")]),
    ("Ann Poe AND Bob Roe", [Name("Poe", "Ann"), Name("Roe", "Bob")]),
    ("Poe, Ann\n  and\n  Roe, Bob", [Name("Poe", "Ann"), Name("Roe", "Bob")]),
    ("Poe, Ann and others", [Name("Poe", "Ann"), OTHERS]),
    ("{Barnes and Noble} and Poe, Ann", [Name(literal="Barnes and Noble"), Name("Poe", "Ann")]),
    ("Alexander Brand and Roland Andrews", [Name("Brand", "Alexander"), Name("Andrews", "Roland")]),
    ("King, Jr., Martin Luther", [Name("King", "Martin Luther", suffix="Jr.")]),
    ("family=Poe, given=Ann, suffix={III}", [Name("Poe", "Ann", suffix="III")]),
    ("given=Simon, prefix=de, family={La Tour, Sr}, useprefix=true", [Name("La Tour, Sr", "Simon", "de")]),
    ("Karl-Theodor von und zu Guttenberg", [Name("Guttenberg", "Karl-Theodor", "von und zu")]),
    ("José Ortega y Gasset", [Name("Gasset", "José Ortega", "y")]),
    ("{U.S. Department of State}", [Name(literal="U.S. Department of State")]),
    ("Ed Pluth and Boyes, ED and Amartya Sen", [Name("Pluth", "Ed"), Name("Boyes", "ED"), Name("Sen", "Amartya")]),
    (
        "Mingze Xi and Rahman, Md. and Han, Sang Jun",
        [Name("Xi", "Mingze"), Name("Rahman", "Md."), Name("Han", "Sang Jun")],
    ),
    (r"M L-H V{\~o}", [Name("Võ", "M L-H")]),
    ("Poe, {Jr}, Ann", [Name("Poe", "Ann", suffix="Jr")]),
    ("family=Poe, given=Ann, shortfamily=P", [Name("Poe", "Ann")]),
    # an "and" of another language inside a family name
    ("Ortega y Gasset, José", [Name("Gasset", "José", "Ortega y")]),
    ("Gómez Ruiz y López, Ana", [Name("López", "Ana", "Gómez Ruiz y")]),
    ("Antoni Gaudí i Cornet", [Name("Cornet", "Antoni Gaudí", "i")]),
    ("Maria da Silva e Sousa", [Name("Sousa", "Maria", "da Silva e")]),
    ("Juan Pérez y de la Cruz", [Name("Cruz", "Juan Pérez", "y de la")]),
    ("Ann E Roe", [Name("Roe", "Ann E")]),
    ("{1984}", [Name(literal="1984")]),
    ("김, 구 and 毛, 泽东", [Name("김", "구", family_first=True), Name("毛", "泽东", family_first=True)]),
]


@pytest.mark.parametrize(("value", "names"), READ)
def test_names_are_read(value: str, names: list[Name]) -> None:
    assert (list(parse_names(value)), list(name_faults(value))) == (names, [])


WRONG = [
    # an "and" too many, and names that run into it
    (" and Poe, Ann", ["is empty"]),
    ("Poe, Ann and", ["is empty"]),
    ("Poe, Ann and and Roe, Bob", ["is empty"]),
    ("and", ["is empty", "is empty"]),
    ("", ["is empty"]),
    ("Poe, Ann and {}", ["nothing stands in its braces"]),
    ("{}", ["nothing stands in its braces"]),
    ("{ {~} }", ["nothing stands in its braces"]),
    ("{}, Ann", ["has an empty part"]),
    ("Poe, {}", ["has an empty part"]),
    ("family={}, given=Ann", ["has no family name in its long form"]),
    # no letter
    *((name, ["has no letter"]) for name in ("-", "?", "???", "—", "{?}", "{{--}}", "family=?")),
    ("Poe, ?", ["has a part without a letter"]),
    ("?, Ann", ["has a part without a letter"]),
    ("Poe, Ann and ? and Roe, Bob", ["has no letter"]),
    ("Ann Poe andBob Roe", ["“and” without a space"]),
    ("Poe, A.and Roe, B.", ["“and” without a space"]),
    ("{Barnes}and {Noble}", ["“and” without a space"]),
    ("{Barnes} and{Noble}", ["“and” without a space"]),
    ("Ann Poe and{\\'E}mile Roe", ["“and” without a space"]),
    # marks and words of other formats
    *(
        (f"Ann Poe{mark} Bob Roe", [f"“{mark.strip()}” in it"])
        for mark in (";", "；", "、", " &", r" \&"[0:1] + "&", " ＆", " /", " und", " et", " with", "，")
    ),
    ("毛某、周某", ["“、” in it"]),
    ("毛，某", ["“，” in it"]),
    *((f"آن بو{mark} باب رو", [f"“{mark}” in it"]) for mark in "،؛﹐﹔"),
    *((f"Ann Poe {word} Bob Roe", [f"“{word}” in it"]) for word in ("y", "e", "i", "og", "och", "и", "ve", "en")),
    *((f"Poe, Ann {word} Roe, Bob", [f"“{word}” in it"]) for word in ("y", "e", "og", "och", "и")),
    ("Poe, A. y Bob Roe", ["“y” in it"]),
    ("A. Poe y B. Roe", ["“y” in it"]),
    ("Анна По и Боб Ро", ["“и” in it"]),
    # others
    ("Poe, Ann and al.", ["is not a name"]),
    ("Poe, Ann and et al.", ["is not a name"]),
    ("Ann Poe et al.", ["is not a name"]),
    ("Poe, Ann and 12 others", ["is not a name"]),
    ("Poe, Ann and others and Roe, Bob", ["stands before other names"]),
    ("others", ["has no name before it"]),
    # suffixes
    ("Martin Luther Poe Jr.", ["“Jr.” at a place"]),
    ("Poe Jr., Martin", ["“Jr.” at a place"]),
    ("Poe, Martin Luther Jr.", ["“Jr.” at a place"]),
    ("Poe, III", []),
    ("John Poe III", ["“III” at a place"]),
    ("Ann Poe, Ph.D.", ["“Ph.D.” at a place"]),
    ("Malcolm X", []),
    # what is not part of a name
    ("Poe, Ann, 1900-1980", ["has digits or brackets"]),
    ("Poe, Ann (1900-1980)", ["has digits or brackets"]),
    ("Poe, Ann (ed.)", ["has digits or brackets"]),
    ("Poe, Ann, ed.", ["what the person did"]),
    ("edited by Ann Poe", ["what the person did"]),
    ("ann.poe@example.org", ["has digits or brackets"]),
    ("Poe,, Ann", ["has an empty part"]),
    ("Poe, Ann,", ["has an empty part"]),
    ("The Extra Rand Corporation, Inc.", ["looks like a body"]),
]


@pytest.mark.parametrize(("value", "whys"), WRONG)
def test_a_wrong_name_says_why(value: str, whys: list[str]) -> None:
    found = [why for _, why in name_faults(value)]
    assert len(found) == len(whys), found
    assert all(part in why for part, why in zip(whys, found, strict=True)), found


@pytest.mark.parametrize("text", ["a", " and ", ",", "{", "}", "\\", "and", "=", "a=b,", "; ", "X. ", "é "])
def test_a_million_characters_take_no_time(text: str) -> None:
    value = text * (1_000_000 // len(text))
    start = time.process_time()
    split_names(value)
    list(name_faults(value))
    assert time.process_time() - start < 4
