"""Passages in another language than the text around them, known by their script or by words that few languages share.

A screen reader says, and a hyphenation breaks, what is marked with its language (WCAG 2.2, success criterion 3.1.2).
A script that one language alone is written in names it; of Chinese characters or Cyrillic only an author knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from factpress.model.text.languages import language_tags

#: letters by script, as ranges for a regular expression, with the languages written in it
_SCRIPTS: Mapping[str, tuple[str, str]] = {
    "Hangul": ("\u1100-\u115e\u1161-\u11ff\u3131-\u3163\u3165-\u318e\ua960-\ua97f\uac00-\ud7ff", "ko"),
    "Kana": ("\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f", "ja"),
    "Bopomofo": ("\u3105-\u312f\u31a0-\u31bf", "zh yue"),
    "Han": ("\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
            "zh ja ko yue lzh vi"),
    "Cyrillic": ("\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
                 "ru uk be bg sr mk kk ky mn tg tt ba cv ce ab os kv av uz az tk cu sh bs mo ro"),
    "Greek": ("\u0370-\u0373\u0376-\u03ff\u1f00-\u1fff", "el grc cop"),
    "Hebrew": ("\u0590-\u05ff\ufb1d-\ufb4f", "he yi iw ji"),
    "Arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
               "ar fa ur ps ug ku sd ks ms ha az pa tt"),
    "Syriac": ("\u0700-\u074f", "syr"),
    "Armenian": ("\u0530-\u058f", "hy"),
    "Georgian": ("\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f", "ka"),
    "Ethiopic": ("\u1200-\u139f\u2d80-\u2ddf", "am ti"),
    "Devanagari": ("\u0900-\u097f\ua8e0-\ua8ff", "hi mr ne sa bh sd ks"),
    "Bengali": ("\u0980-\u09ff", "bn as"),
    "Gurmukhi": ("\u0a00-\u0a7f", "pa"),
    "Gujarati": ("\u0a80-\u0aff", "gu"),
    "Odia": ("\u0b00-\u0b7f", "or"),
    "Tamil": ("\u0b80-\u0bff", "ta"),
    "Telugu": ("\u0c00-\u0c7f", "te"),
    "Kannada": ("\u0c80-\u0cff", "kn"),
    "Malayalam": ("\u0d00-\u0d7f", "ml"),
    "Sinhala": ("\u0d80-\u0dff", "si"),
    "Thai": ("\u0e00-\u0e7f", "th"),
    "Lao": ("\u0e80-\u0eff", "lo"),
    "Tibetan": ("\u0f00-\u0fff", "bo dz"),
    "Burmese": ("\u1000-\u109f\uaa60-\uaa7f", "my"),
    "Khmer": ("\u1780-\u17ff", "km"),
    "Mongolian": ("\u1800-\u18af", "mn"),
}  # fmt: skip
_EAST_ASIAN = ("Hangul", "Kana", "Bopomofo", "Han")  #: scripts that stand side by side in one text
#: of a script whose name is no language's, the words that a message calls its letters
_CALLED = {"Han": "Chinese characters", "Kana": "Japanese letters", "Hangul": "Korean letters"}
_GAP = r"(?:(?![“”„«»\"])[\W\d_])*"  #: what may stand between the letters of one passage

#: frequent words of a language, without those that English or a name in an English text has too
_WORDS: Mapping[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the of and to is that was for with by on as at from are be were which this it not or has have its had "
        "their between under against about after before into than these they we our your who what how why when",
        "fr": "le les du des et une est dans pour par avec aux au qui que ses cette ont sont entre contre sous où été "
        "était leur leurs nous vous il elle mais ne pas",
        "de": "der das und des dem ein eine einer eines einem einen ist nicht mit auf für von zu zur zum im als auch "
        "bei nach über durch gegen wird wurde werden sich dass sein seine sind aus zwischen unter vor vom",
        "it": "il lo gli della delle degli dei di del che per un una sono nel nella alla allo dal dalla non è con "
        "tra fra sul sulla il",
        "es": "el los las del una y en que por para su sus al como más sobre entre contra fue son con se lo",
        "pt": "os dos das em uma e que não por para com ao à às pelo pela foi são entre contra sobre mais como seu",
        "nl": "het een van dat niet zijn voor met aan wordt werd bij ook naar tussen tegen over uit deze en de",
        "sv": "och att det som en är på för med inte av till mellan mot under den ett från om",
        "da": "og det at en er på for med ikke af til mellem mod under den et fra om der",
        "nb": "og det at en er på for med ikke av til mellom mot under den et fra om som",
        "fi": "ja ei se että oli ovat sekä mutta joka kun niin myös",
        "pl": "w z na nie się że jest oraz przez od dla po przy między przeciw jak",
        "cs": "v na se že je pro od po při mezi proti jako byl byla nebo",
        "hu": "az egy és hogy nem volt között ellen is meg csak mint",
        "ro": "și în din cu nu pentru între este sunt care prin după",
        "tr": "ve bir bu için ile arasında karşı değil olarak daha",
        "vi": "của và là không các trong với được những một",
        "id": "yang dan di untuk dengan dari ini itu pada dalam tidak antara",
        "la": "et est non cum ad ex qui quod ut sed inter contra",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


class ScriptPassage(NamedTuple):
    """A passage in letters that the language of its text is not written in."""

    start: int
    end: int
    text: str
    letters: str  #: what they are called: `Cyrillic letters`
    languages: tuple[str, ...]  #: BCP 47, without region, of those that are written so

    @property
    def language(self) -> str:
        """Return the language, empty where its script is that of several."""
        return self.languages[0] if len(self.languages) == 1 else ""


def primary_language(tag: str) -> str:
    """Return the language of a tag of BCP 47, without script and region: `zh` of `zh-Hant-TW`."""
    return re.split(r"[-_]", tag)[0].lower()


def script_passages(text: str, language: str) -> Iterator[ScriptPassage]:
    """Yield the passages of a text in scripts that its own language, a tag of BCP 47, is not written in.

    A single letter of an alphabet is a sign, as in `the angle α`, and no passage.
    """
    if text.isascii():
        return
    main = primary_language(language)
    for found in _passage_pattern().finditer(text):
        scripts = _scripts_of(found[0])
        script = next((name for name in _SCRIPTS if name in scripts), "")
        languages = tuple(_SCRIPTS[script][1].split())
        letters = len(re.findall(f"[{_SCRIPTS[script][0]}]", found[0]))
        if main not in languages and (letters > 1 or script in _EAST_ASIAN):
            yield ScriptPassage(
                found.start(), found.end(), found[0], _CALLED.get(script, f"{script} letters"), languages
            )


def language_by_words(text: str, language: str, candidates: tuple[str, ...] = (), *, least: int = 3) -> str:
    """Return the language that a text's frequent words are of, empty where they do not say.

    It is `language` itself, one of the `candidates`, or without candidates any that the table has. Another language
    than `language` has at least `least` of its words in the text, and no other one as many.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    main = primary_language(language)
    known = [tag for tag in (main, *(candidates or _WORDS)) if tag in _WORDS]
    hits: Counter[str] = Counter({tag: sum(word in _WORDS[tag] for word in words) for tag in dict.fromkeys(known)})
    own = hits.pop(main, 0)
    (best, most), *others = hits.most_common() or [("", 0)]
    if most >= least and not own and all(most > other for _, other in others):
        return best
    return main if own > most else ""


def is_language_tag(text: str) -> bool:
    """Return whether a text is a tag of BCP 47 whose language the table of `languages` has: `ru`, `zh-Hant`."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text)) and len(language_tags(text)) == 1


def is_written_in(passage: ScriptPassage, language: str) -> bool:
    """Return whether a language is written in the script of a passage."""
    return primary_language(language) in passage.languages


def is_written_in_latin(language: str) -> bool:
    """Return whether a language is written in Latin letters, alone or beside others, as far as the table says."""
    tag = primary_language(language)
    return tag in _WORDS or not any(tag in languages.split() for _, languages in _SCRIPTS.values())


@cache
def _passage_pattern() -> re.Pattern[str]:
    """Return what a passage is: letters of one script, or of those of East Asia, and what stands between them."""
    together = "".join(_SCRIPTS[name][0] for name in _EAST_ASIAN)
    groups = [together, *(letters for name, (letters, _) in _SCRIPTS.items() if name not in _EAST_ASIAN)]
    return re.compile("|".join(f"[{letters}](?:{_GAP}[{letters}])*" for letters in groups))


def _scripts_of(text: str) -> set[str]:
    return {name for name, (letters, _) in _SCRIPTS.items() if re.search(f"[{letters}]", text)}
