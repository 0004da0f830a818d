"""Finds what may be an article's own notice that an AI helped to write it: candidates with reasons, never a verdict.

A person picks one, marks another block, or says that there is none; an article is never taken for human by default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpress.importer.document import ArticleBlock, BlockKind, Document
from factpress.model.vocabulary import DisclosureScope

EDGE = 5  #: blocks at either end of an article among which a notice is looked for
PROPOSED_FROM = 3.5  #: score from which a candidate is taken where nobody can be asked
#: no word sign of a script with spaces stands on either side; `\b` fails beside Hangul, Kana and Han
_LEFT, _RIGHT = r"(?<![A-Za-zÀ-ɏЀ-ӿ])", r"(?![A-Za-zÀ-ɏЀ-ӿ])"


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(f"{_LEFT}(?:{'|'.join(alternatives)}){_RIGHT}", re.IGNORECASE)


def _stems(*alternatives: str) -> re.Pattern[str]:
    return re.compile(f"{_LEFT}(?:{'|'.join(alternatives)})", re.IGNORECASE)


#: case counts: `ai` is a word of French and Italian
_AI = re.compile(
    f"{_LEFT}(?:GenAI|AI|A\\.I\\.(?!\\s+[A-Z])|KI|IA|ИИ|ШІ|LLMs?|GPT(?:-?\\w+)?|ChatGPT|Claude|Copilot|Gemini"
    f"|Grok|Mistral"
    f"|Llama|DeepSeek|Perplexity|Bard|SI){_RIGHT}"
    "|(?i:artificial intelligence|language models?|künstliche\\w* intelligenz|intelligence artificielle"
    "|inteligencia artificial|inteligência artificial|intelligenza artificiale|kunstmatige intelligentie"
    "|sztuczn\\w+ inteligencj\\w+|искусственн\\w+ интеллект\\w*|штучн\\w+ інтелект\\w*|yapay zek[aâ]\\w*)"
    "|인공지능|人工智能|人工智慧|人工知能|الذكاء الاصطناعي"
)
_AUTOMATIC = re.compile(r"(?i:automat|автоматич)|자동|自動|自动|تلقائي")
_DEICTIC = _words(
    "this", "these", "the above", "dies(?:er|e|es|en)", "cet(?:te)?", "ces?", "est[ea]s?", "quest[oa]",
    "t[ea]n", "ta",
    "эта?", "эту", "этот", "ця", "цю", "цей", "bu", "dit", "deze",
)  # fmt: skip
_DEICTIC_UNSPACED = re.compile(r"(?:^|[\s※＊*「(（：:])(?:이|본)\s?(?=\S)|この|本(?=記事|文|稿|書|页|网)|本文|هذا|هذه")
_WORK = _words(
    "articles?", "posts?", "pages?", "text", "content", "story", "document(?:ation)?", "report", "analysis",
    "newsletter",
    "readme", "talk", "prose", "essay", "blog", "lesson", "note", "artikels?", "inhalte?", "bericht", "analyse",
    "beitrag", "presseschau", "texte?", "contenu", "billet", "art[íi]culo", "texto", "contenido", "publicaci[óo]n",
    "artigo", "conte[úu]do", "articolo", "testo", "contenuto", "artykuł", "tekst", "статья", "статью", "текст",
    "статтю",
    "стаття", "makale", "içerik",
)  # fmt: skip
_WORK_UNSPACED = re.compile(r"글|기사|문서|콘텐츠|보고서|記事|文章|ニュースレター|ノート|本文|稿|内容|المقال|النص")
_MADE = _stems(
    "written", "wrote", "writ(?:e|ing)", "creat", "draft", "generat", "produc", "compos", "buil[td]", "develop",
    "refined", "review", "edited", "translat", "proof-?read", "summari", "collaborat", "assist", "erstellt",
    "verfasst",
    "geschrieben", "generiert", "übersetzt", "rédig", "écrit", "génér", "créé", "traduit", "escrit", "generad",
    "redactad", "cread", "traducid", "gerad", "criad", "redigid", "revis", "scritt", "generat", "creat", "redatt",
    "powstał", "napisan", "stworzon", "wygenerowan", "создан", "сгенерир", "створен", "згенерован", "oluşturul",
    "yazıl",
    "hazırlan", "geschreven", "gemaakt", "contou com", "написан",
)  # fmt: skip
_MADE_UNSPACED = re.compile(
    r"작성|생성|집필|제작|번역|정리|作成|生成|執筆|整理|校正|調査|書か|翻訳|创作|創作|撰写|撰寫|编写|編寫|翻译|إنشاء|كتابة|كتب"
)
_MEANS = _stems(
    "with", "by", "using", "us(?:ed|es|ing)", "help", "assist", "support", "mit", "von", "durch", "avec", "par",
    "grâce",
    "con", "por", "com", "mediante", "l[’']aiuto", "z pomoc", "przez", "с помощью", "при помощи", "за допомогою",
    "tarafından", "ile", "met", "door",
)  # fmt: skip
_MEANS_UNSPACED = re.compile(
    r"도움|의해|활용|이용|AI가|AI\(|によ|使用|利用|使っ|を用い|由|协助|協助|辅助|輔助|帮助|بواسطة"
)
_LABEL = re.compile(
    r"^\W*(?:(?:please\s+)?note|disclaimer|disclosure|ai\s+\w+|transparen\w*|author[’']s note|remarque|hinweis"
    r"|nota|aviso"
    r"|ps|p\.s\.|注意|※|참고|notice)\b.{0,25}?[:：]|^\W*※|^[^\w\s]{0,2}[\U0001F300-\U0001FAFF]",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"(?i:reviewed|verify|validat|cross-?check|double-?check|may contain|errors?|accura|authoritative|geprüft"
    r"|relu|révis"
    r"|revisad|verificar|errores|erros|проверен)|확인|리뷰|확인|内容を確認|不正確|审阅|审查|請|请"
)
_GUARDS = (
    (3.0, "says that no AI was used", re.compile(
        r"(?i)\b(?:no|without(?: any)?|not use(?:d)? any|never use)\s+(?:generative\s+)?(?:AI|artificial)|\bohne KI\b"
        r"|\bsans (?:l[’'])?IA\b|\bsin IA\b|\bsem IA\b|AIを使用(?:せ|して(?:い)?ませ)|未使用\s?AI|AI를 사용하지")),
    (3.0, "is about the making of texts", re.compile(
        r"(?i)\b(?:explains?|describes?|shows?|tells|discusses|covers|about) (?:how|why|what|whether)"
        r"|erklärt,? wie|beschreibt"
        r"|explique|explica|proves?|prouve|prueba|admitted in court|contre|indices|antídoto|fatiga|할 경우|하세요|비판"
        r"|alanında|精选|推荐|please configure|read the sign|okuması")),
    (2.0, "speaks of another thing", re.compile(
        r"(?i)\b(?:image|picture|photo|logo|cover|illustration|skripte?|bild|code)s?\b.{0,40}(?:generat|creat"
        r"|erstellt|AI|KI)"
        r"|画像|图片|그림|イラスト")),
    (1.0, "speaks of a team of people", re.compile(
        r"(?i)\bby (?:a|the|our) (?:team|group)|por el equipo de (?!editorial)")),
)  # fmt: skip
_QUOTED = re.compile(r"^[\"“„«「].*[\"”“»」]\W*\w.{10,}")
_PARTS = re.compile(
    r"(?i)\b(?:parts?|some|portions?|sections?|teil(?:e|weise|en)?|partes?|parties?|algun[oa]s|help|assist\w*"
    r"|aid|support\w*"
    r"|hilfe|unterstützung|aide|ayuda|ajuda|auxílio|proof-?read\w*|review\w*|edit\w*|translat\w*|research\w*"
    r"|summar\w*|draft\w*"
    r"|refined)\b|一部|도움|활용|校正|整理|調査|翻译|翻訳|协助|協助|辅助|輔助|帮助|помощью|допомогою|pomoc"
)


@dataclass(frozen=True, slots=True)
class NoticeCandidate:
    """A block that may be the article's own notice."""

    position: int  #: of the block in the document, from 0
    text: str
    score: float
    reasons: tuple[str, ...]  #: for a person

    @property
    def is_proposed(self) -> bool:
        """Return whether the candidate is likely enough to be taken where nobody can be asked."""
        return self.score >= PROPOSED_FROM

    @property
    def scope(self) -> DisclosureScope:
        """Return how much of the article the notice speaks of, as far as its words say."""
        return DisclosureScope.PARTS_UNKNOWN if _PARTS.search(self.text) else DisclosureScope.WHOLE


def candidates(document: Document) -> list[NoticeCandidate]:
    """Return the blocks at the article's two ends that name AI, a product or something automatic, likeliest first."""
    blocks = document.blocks
    places = [place for place, block in enumerate(blocks) if block.kind is not BlockKind.CODE]
    at_edge = dict.fromkeys([*places[:EDGE], *places[-EDGE:]])
    found = [candidate for place in at_edge if (candidate := _judge(blocks, place, len(blocks)))]
    return sorted(found, key=lambda candidate: (-candidate.score, -candidate.position))


def _judge(blocks: Sequence[ArticleBlock], place: int, count: int) -> NoticeCandidate | None:
    text = blocks[place].text
    if not (_AI.search(text) or _AUTOMATIC.search(text)):
        return None
    score, reasons = 0.0, []
    for points, reason in _points(text, place, count):
        score += points
        reasons.append(reason)
    return NoticeCandidate(place, text, score, tuple(reasons))


def _points(text: str, place: int, count: int) -> Iterator[tuple[float, str]]:
    """Yield what speaks for and against a block, each with its points."""
    named = _AI.search(text)
    yield (1.25, f"names {named[0]}") if named else (0.5, "says that something is automatic")
    if _DEICTIC.search(text) or _DEICTIC_UNSPACED.search(text):
        yield 0.5, "points at the text itself"
    if _WORK.search(text) or _WORK_UNSPACED.search(text):
        yield 0.75, "names the kind of text"
    if _MADE.search(text) or _MADE_UNSPACED.search(text):
        yield 0.75, "speaks of making it"
    if _MEANS.search(text) or _MEANS_UNSPACED.search(text):
        yield 0.25, "names the means"
    if _LABEL.search(text):
        yield 0.5, "begins with a label"
    if place == 0 or place >= count - 2:
        yield 0.25, "stands at an end of the article"
    if len(text) <= 250:
        yield 0.25, "is short"
    if _LIMITS.search(text):
        yield 0.25, "names limits or a review"
    for points, reason, guard in _GUARDS:
        if guard.search(text):
            yield -points, reason
    if _QUOTED.search(text) and not _LABEL.search(text):
        yield -2.0, "quotes somebody"
