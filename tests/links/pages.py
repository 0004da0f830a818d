"""A corpus of small pages as a reader of cited pages meets them in the field, and how each has to be judged.

By kind: gates before a page, pages that lead on, error pages with a friendly status, elements and aids inside a
sentence, East Asian text, encodings, the forms of a sign. Each has an address on the server of `answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from answers import ALIVE, DEAD, FILLER, QUOTE, UNSURE, Case, file, leads, page, pdf
from loopback import Handler, Play

from factpress.model.links.state import State as S

MORE = f"<p>{FILLER[:600]}</p>"  #: as many words as a short page has
PASSWORD = "<form><input name=user><input type=password name=word></form>"
NEW = f"<title>Treaty</title>{MORE}<p>In the event of an attack {QUOTE}.</p>"


def _cases(kind: str, truth: str, state: S, plays: dict[str, Play], quote: str = QUOTE) -> Iterator[Case]:
    for number, (name, play) in enumerate(plays.items()):
        yield Case(f"{kind}, {name}", truth, state, play, quote, path=f"/{kind.replace(' ', '-')}/{number}")


def _titled(title: str, body: str = MORE) -> Play:
    return page(f"<title>{title} - Archive</title><h1>{title}</h1>{body}")


def _in_text(sentence: str) -> Play:
    return page(f"<title>Treaty</title>{MORE}<p>{sentence}</p>")


GATE_TITLES = """
잠시만 기다리십시오… | Einen Moment, bitte… | Un instant… | Un momento… | 请稍候… | しばらくお待ちください... | Один момент…
Just a moment... | Robot or human? | Are you a human? | Please verify you are a human | Access Denied | Web Page Blocked!
Verifying you are human. This may take a few seconds. | DDoS protection by Cloudflare | Unusual Traffic Detection
Sorry, you have been blocked | Zugriff verweigert | Accès refusé | 접근이 차단되었습니다 | 访问被拒绝 | Доступ запрещен
Request Rejected | The requested URL was rejected | Enable JavaScript and cookies to continue | 403 Forbidden
Log in | Sign in to your account | Anmelden | Connexion | Iniciar sesión | Вход | 로그인 | ログイン | 登录 | Inloggen
Authentication required | Institutional Login | Members only | You must be logged in to view this page | Login required
We use cookies | Wir verwenden Cookies | 쿠키를 사용합니다 | You need to enable JavaScript to run this app. | 유료회원 전용 | Réservé aux abonnés
Please complete the security check to access | Sie müssen sich anmelden | Vous devez vous connecter | 로그인이 필요합니다
ログインしてください | 请先登录 | Необходимо авторизоваться | Bestätigen Sie, dass Sie ein Mensch sind | Вы не робот?
Verifique que es humano | 사람인지 확인하는 중 | ロボットではないことを確認 | 正在验证您是否是真人 | 访问过于频繁 | 권한이 없습니다
Cookies required | Before you continue to Search | We value your privacy | Cookie-Einstellungen | 쿠키 설정 | Age verification
Site maintenance | We will be back soon | We’ll be right back | Wartungsarbeiten | 시스템 점검 중 | サイトメンテナンス中
系统维护中 | Ведутся технические работы | Site en maintenance | 503 Service Unavailable | Internal Server Error
Access through your institution | Purchase access | You have reached your article limit | You’ve read all of your free articles this month
Your access to this site has been limited | تسجيل الدخول | Sessione scaduta | Votre session a expiré | Ihre Sitzung ist abgelaufen
"""
ARTICLE_TITLES = """
The challenge of peace | Maintenance of the armistice | Access to archives | Human or machine: a history
Waiting for a moment | Blocked at the Yalu | Consent and treaty law | The page that was not found: a history | Gone
The war and the human cost | Cookies | Passport to war | 인증된 문서 | 安全理事会 | 维护和平 | Проверка перемирия | メンテナンスの歴史
Human rights in Korea | The network of members | Removed from history | The records of the missing | Domains of war | No such thing as victory | 404 days in Pyongyang
The document that could not be found in Seoul | 사라진 기록 | 없는 전쟁 | 不存在的战争 | Missing in action
What went wrong? | Purchase of arms | The limits of access | Barış bulunamadı | السلام غير موجود | Mír nebyl nalezen | Freden blev ikke fundet
A béke nem található | Freden hittades inte | Rauhaa ei löytynyt | Perdamaian tidak ditemukan | השלום לא נמצא | ไม่พบสันติภาพ | Η ειρήνη δεν βρέθηκε
접근할 수 없는 땅 | The archived war | Withdrawn from the front | The session expired in June | 로그 없는 전쟁
"""
ERROR_TITLES = """
404 Not Found | HTTP Status 404 – Not Found | Error 404 (Not Found)!!1 | Oops! That page can’t be found. | Object not found!
Sorry, we could not find what you were looking for | No longer available | Sorry, this page isn't available.
This article has been removed | File or directory not found | Page cannot be displayed | The link you followed may be broken
Die angeforderte Seite wurde nicht gefunden | Diese Seite existiert nicht mehr | Die gesuchte Seite ist nicht verfügbar
Article introuvable | Cette page n'existe pas | La page que vous recherchez est introuvable | Erreur 404
La página solicitada no existe | No se encuentra la página | Lo sentimos, la página no existe | Contenido no disponible
Ошибка 404 | Страница не найдена | Запрашиваемая страница не существует | Материал удалён | Такой страницы не существует
요청하신 페이지를 찾을 수 없습니다 | 삭제된 게시물입니다 | 존재하지 않는 페이지입니다 | 해당 글은 삭제되었습니다 | 잘못된 접근입니다
お探しのページは見つかりませんでした | 指定されたページは存在しません | お探しのページは削除されたか、移動した可能性があります
抱歉，您访问的页面不存在 | 该文章已被删除 | 找不到页面 | 您所瀏覽的頁面不存在 | Pagina non trovata | Página não encontrada
Video unavailable | User not found | This page has moved | Bad Request | Error | Ошибка | 오류 안내 | エラー | 出错了
Der gesuchte Artikel ist nicht mehr verfügbar | Ce contenu n'est plus disponible | No hemos encontrado la página
Статья не найдена | Публикация удалена | 비공개 글입니다 | 서비스가 종료되었습니다 | この記事は公開を終了しました | 网页不存在
Pagina niet gevonden | Strona nie została znaleziona | Сторінку не знайдено | This domain is for sale | Buy this domain
Diese Domain steht zum Verkauf | 이 도메인은 판매중입니다 | 域名出售 | Domain expired | Account Suspended | Welcome to nginx!
접근할 수 없는 게시물입니다 | This page has been archived or deleted | Item withdrawn | Oops! Something went wrong | Web hosting suspended
Sayfa bulunamadı | İstenen sayfa bulunamadı | الصفحة غير موجودة | عذراً، لم يتم العثور على الصفحة المطلوبة | Stránka nenalezena
Požadovaná stránka neexistuje | Az oldal nem található | A keresett oldal nem létezik | Siden blev ikke fundet | Siden findes ikke | Siden finnes ikke
Sidan kunde inte hittas | Sidan du söker finns inte | Sivua ei löytynyt | Etsimääsi sivua ei löydy | Halaman tidak ditemukan
Halaman yang Anda cari tidak ditemukan | הדף לא נמצא | העמוד המבוקש אינו קיים | ไม่พบหน้าที่คุณต้องการ | ไม่พบหน้าเว็บ | Η σελίδα δεν βρέθηκε
Η σελίδα που ζητήσατε δεν υπάρχει
"""
GATE_TARGETS = """
/login?return={path} | /user/login?destination={path} | /signin?next={path} | /consent?continue={path} | /Account/Login?ReturnUrl={path}
/cas/login?service={path} | /access-denied | /captcha?back={path} | /idp/profile/SAML2/Redirect/SSO | /members/sign_in | /cookieAbsent
"""
#: no field for a password stands there
OPEN_GATE_TARGETS = "/subscribe?from={path}", "/privacy-gate?u={path}"
BELIEVED = (
    "<p>Access to this page has been denied because we believe you are using automation tools to browse the website."
    "<p>This may happen because scripts are disabled or blocked by an extension, or because cookies are not accepted."
)
SAME_HOST = (
    "/the-challenge-of-peace",
    "/texts/an-account-of-the-war",
    "/moved/text",
    "/golden-gate/text",
    "/privacy/text",
)
UNKNOWN_ELEMENTS = ("persname", "x-term", "font", "button", "picture", "slot", "w", "label", "output")
#: what a reader leaves out who copies the sentence
AIDS = """
<span class="footnote-ref">1</span> | <span class="noteref">[12]</span> | <a href="#fn3">3</a> | <sup>1</sup> | ¹ | [1] | [Page 12] | *
<sup class="reference"><a href="#n">[1]</a></sup> | <a class="footnote" href="/x#n1">†</a> | <span role="doc-noteref">2</span>
<span class="sr-only"> opens in a new window</span> | <span class="visually-hidden"> (external link)</span> | <span hidden>x</span>
<span class="screen-reader-text">x y</span> | <span class="govuk-visually-hidden"> x</span> | <span class="element-invisible">x</span>
<span style="position:absolute;left:-9999px">x y</span> | <span style="clip: rect(0 0 0 0)">x</span> | <span style="display:none">not</span>
<sup>1,2</sup> | <sup>[1–3]</sup> | <sup>[<a href="/x">citation needed</a>]</sup> | (<a href="#n1">1</a>) | <note n="1">See above.</note>
<button>Listen</button> | <i class="icon" aria-hidden="true">open_in_new</i> | <span class="print-only"> (https://example.org)</span>
<span class="sidenote">A note of many words.</span> | <span role="tooltip">explains it</span> | <a class="headerlink" href="#x">¶</a>
<span class="mw-editsection">[<a href="/edit">edit</a>]</span> | <span class="linenum">25</span> | <span class="verse-num">4</span>
<span style="position:absolute;width:1px;height:1px;overflow:hidden">x y</span> | <style>.h{display:none}</style><b class="a h">x y</b>
<style>@media print{p{margin:0}} i.k , .l{color:red;display: none !important}</style><i class=k>x</i>
"""
PAGE_MARKS = """
<a class="page" href="pg_12">[Page 12]</a> | <span class="pagenum">12</span> | <span class="page-number">p. 12</span> | [p. 12] | {p. 12} | |12| | [12/13]
<span role="doc-pagebreak">13</span> | <span epub:type="pagebreak">14</span> | <span class="folio">xii</span> | <span class="page">12쪽</span>
"""
#: quote: pages that have it
EAST_ASIAN = {
    "抗美援朝，保家卫国": ["抗美援朝，<br>保家卫国", "抗美援朝，\n保家卫国", "抗美援朝, 保家卫国", "抗美<b>援朝</b>，保家卫国"],
    "朝鮮戦争が始まった": [
        "<ruby>朝鮮<rt>ちょうせん</rt></ruby>戦争が始まった", "<ruby>朝<rt>ちょう</rt>鮮<rt>せん</rt></ruby>戦争が始まった",
        "<ruby>朝鮮<rp>(</rp><rt>ちょうせん</rt><rp>)</rp></ruby>戦争が始まった", "朝鮮戦<br>争が始まった",
        "朝鮮<span class=furigana>ちょうせん</span>戦争が始まった",
    ],
    "朝鮮（ちょうせん）戦争": ["<ruby>朝鮮<rp>（</rp><rt>ちょうせん</rt><rp>）</rp></ruby>戦争"],
    "于1950年6月25日": ["于 1950 年 6 月 25 日", "于１９５０年６月２５日"],
    "천구백오십년에 시작": ["천구백오<br>십년에 시작", "천구백오십년에\n시작", "<pre>천구백오십\n년에 시작</pre>"],
    "เกาหลีเริ่ม": ["สงครามเกาหลีเริ่มขึ้น", "สงครามเกาหลี\nเริ่มขึ้น", "<pre>เกาหลี\nเริ่ม</pre>", "เกาหลี<br>เริ่ม"],
}  # fmt: skip
PLAIN_EAST_ASIAN = {
    "一九五〇年六月に始まった": "朝鮮戦争は一九五〇年\n六月に始まった", "志愿军入朝作战": "中国人民志愿\n军入朝作战",
    "상호방위조약은 1953년": "상호방위조\r\n약은 1953년", "10월 1일 워싱턴": "1953년 10월\n1일 워싱턴", "停戦協定": "停戦協\n　定",
}  # fmt: skip
#: page and quote: one sign in two codes, or typed
FORMS = [
    ("``peace'' he said", '"peace" he said'), (",,Frieden'' sagte er", "„Frieden“ sagte er"), ("<<мир>> сказал", "«мир» сказал"),
    ("« la paix » dit-il", "«la paix» dit-il"), ("the \u2068Parties\u2069 will", "the Parties will"), ("the \u200eParties\u200f will", "the Parties will"),
    ("the \u202aParties\u202c will", "the Parties will"), ("the war--as it was", "the war—as it was"), ("the war――as it was", "the war — as it was"),
    ("中国——朝鲜", "中国—朝鲜"), ("김구·이승만", "김구ㆍ이승만"), ("김구・이승만", "김구·이승만"), ("김구‧이승만", "김구 · 이승만"), ("السـلام", "السلام"),
    ("1950〜1953", "1950～1953"), ("1950∼1953", "1950~1953"), ("the 38º parallel", "the 38° parallel"), ("½ of them", "1/2 of them"),
    ("ארה״ב", 'ארה"ב'), ("the Parties´ word", "the Parties' word"), ("cœur de la guerre", "coeur de la guerre"), ("می\u200cخواهد", "میخواهد"),
    ("کتاب علی", "كتاب علي"), ("a‑b", "a-b"), ("⾦日成", "金日成"), ("ﬁrst ﬂag", "first flag"), ("the Par\u200bties", "the Parties"),
    ("№ 5 of the files", "No. 5 of the files"), ("in No.5 of them", "in № 5 of them"), ("שָׁלוֹם עַל", "שלום על"), ("השלום", "הַשָּׁלוֹם"), ("السَّلَامُ عَلَى", "السلام على"),
    ("في ١٩٥٠ كانت", "في 1950 كانت"), ("در ۱۹۵۰ بود", "در 1950 بود"), ("سنة ١٩٥٠", "سنة ۱۹۵۰"), ("ปี ๒๔๙๓", "ปี 2493"), ("3 × 4 men", "3 x 4 men"), ("3×4 men", "3 x 4 men"),
    ("the 38 º line", "the 38° line"), ("「平和」の条約", "“平和”の条約"), ("『平和』の条約", "「平和」の条約"), ("〈조약〉은 평화", "“조약”은 평화"), ("《조약》은 평화", "〈조약〉은 평화"),
    ("1950ー1953년", "1950~1953년"), ("1950 ~ 1953년", "1950～1953년"),
]  # fmt: skip
#: page and quote: no two forms of one
OTHER_FORMS = [
    ("№ 5 of the files", "No. 6 of the files"), ("there is none 5", "there is no. 5"), ("في ١٩٥١ كانت", "في 1950 كانت"), ("3 + 4 men", "3 x 4 men"),
    ("the 380 line", "the 38° line"), ("1950, 1953년", "1950~1953년"), ("בית ספר", "בת ספר"), ("ラーメン", "ラメン"), ("السلم عليكم", "السلام عليكم"),
]  # fmt: skip
#: label of the WHATWG list: Python's codec, and words in it
ENCODINGS = {
    "windows-949": ("cp949", "1950년 6월 25일에"), "ks_c_5601-1989": ("cp949", "쑥 조약은"), "x-gbk": ("gbk", "抗美援朝战争"),
    "gb_2312-80": ("gb18030", "条约镕基"), "x-euc-jp": ("euc_jp", "朝鮮戦争が"), "csiso2022jp": ("iso2022_jp", "朝鮮戦争が"),
    "x-sjis": ("cp932", "①朝鮮戦争"), "windows-31j": ("cp932", "髙朝鮮戦争"), "cn-big5": ("big5", "朝鮮戰爭條約"), "x-cp1251": ("cp1251", "договор мира"),
    "koi8-ru": ("koi8-u", "договір миру"), "x-mac-cyrillic": ("mac-cyrillic", "договор"), "tis-620": ("cp874", "สงครามเกาหลี"),
    "logical": ("iso8859-8", "שלום עולם"), "l2": ("iso8859-2", "žluťoučký"), "latin5": ("cp1254", "Türkiye barışı"), "unicode-1-1-utf-8": ("utf-8", "조약 – “x”"),
}  # fmt: skip


def _titles(table: str) -> list[str]:
    return [title.strip() for line in table.strip().splitlines() for title in line.split(" | ")]


def _gates() -> Iterator[Case]:
    titles = _titles(GATE_TITLES)
    yield from _cases("gate", UNSURE, S.BLOCKED, {title: _titled(title) for title in titles})
    yield from _cases("gate of few words", UNSURE, S.BLOCKED, {t: page(f"<title>{t}</title><p>x") for t in titles})
    yield from _cases("gate before a page without a quote", UNSURE, S.BLOCKED, {t: _titled(t) for t in titles}, "")
    asks = page(f"<title>Library</title>{PASSWORD}{MORE}")
    structure = {
        "a field for a password and no words": page(f"<title>Library</title>{PASSWORD}"),
        "a number for the support": page("<title>Archive</title><p>Rejected. Your support ID is: 98765432"),
        "a redirect to a field for a password": leads(302, "/asks"),
        "a sentence that denies": page(f"<title>Archive</title>{BELIEVED}"),
        **{f"302 to {to}": leads(302, to.format(path="/gate-without-words")) for to in OPEN_GATE_TARGETS},
        **{f"302 to {to}": leads(302, to.format(path="/gate-without-words")) for to in _titles(GATE_TARGETS)},
    }
    yield from _cases("gate without words", UNSURE, S.BLOCKED, structure)
    yield from _cases("gate without words or a quote", UNSURE, S.BLOCKED, dict(list(structure.items())[2:]), "")
    yield from _cases(
        "hardly a word", UNSURE, S.OK_UNREAD, {"hold the button": page("<title>A</title><p>Hold the button.")}
    )
    articles = {title: _titled(title) for title in _titles(ARTICLE_TITLES)}
    yield from _cases("called like a gate or an error", ALIVE, S.OK, articles, "")
    yield from _cases("called like a gate or an error, without its quote", DEAD, S.SUSPECT, articles)
    boxed = {
        "in a long page": page(f"<title>Treaty</title>{PASSWORD}{MORE * 9}"),
        "in a short page": page(f"<title>T</title>{PASSWORD}{MORE}"),
    }
    yield from _cases("a box for log-in", ALIVE, S.OK, boxed, "")
    yield from _cases("a box for log-in, without its quote", DEAD, S.SUSPECT, boxed)
    yield from _cases("moved", ALIVE, S.MOVED, {to: leads(301, to) for to in SAME_HOST}, "")
    SCENERY["/asks"] = asks
    SCENERY.update({to.partition("?")[0]: asks for to in _titles(GATE_TARGETS)})
    SCENERY.update({to.partition("?")[0]: page(f"<title>Archive</title>{MORE}") for to in OPEN_GATE_TARGETS})
    # pages of different sources that all lead to one are a dead end in a run, so each has its own
    SCENERY.update({to: page(f"<title>Treaty</title>{MORE}") for to in SAME_HOST})


def _leading_on() -> Iterator[Case]:
    contents = (
        "0; url=/new", "0;URL=/new", "0;url='/new'", "0,url=/new", "0; /new", " 5 ; URL = /new", "0.5; url=/new", ";url=/new",
    )  # fmt: skip
    refreshed = {
        text: page(f'<title>Moved</title><meta http-equiv="Refresh" content="{text}"><p>It has moved.')
        for text in contents
    }
    refreshed["by a header"] = lambda handler: handler.say(200, "It has moved.", Refresh="0; url=/new")
    refreshed["after a redirect"] = leads(301, "/leads-on")
    refreshed["by the address of its base"] = page(
        '<base href="/base/"><meta http-equiv=refresh content="0;url=../new">'
    )
    yield from _cases("leads on", ALIVE, S.REDIRECTED, refreshed)
    stays = {
        "to itself": lambda handler: handler.say(200, f'<meta http-equiv=refresh content="0;url={handler.path}">{NEW}'),
        "with its quote": page(f'<meta http-equiv=refresh content="9;url=/asks">{NEW}'),
        "only for readers without scripts": page(f'<noscript><meta http-equiv=refresh content="0;url=/asks"></noscript>{NEW}'),
        "after ten minutes": page(f'<meta http-equiv=refresh content="600;url=/asks">{NEW}'),
        "by loading anew": page(f'<meta http-equiv=refresh content="30">{NEW}'),
    }  # fmt: skip
    yield from _cases("does not lead on", ALIVE, S.OK, stays)
    yield from _cases(
        "leads to a gate", UNSURE, S.BLOCKED, {"log-in": page('<meta http-equiv=refresh content="0;url=/login?x">')}
    )
    yield from _cases(
        "leads to the front page", DEAD, S.SOFT_404, {"/": page('<meta http-equiv=refresh content="0;url=/">')}
    )
    yield from _cases(
        "leads nowhere", DEAD, S.SUSPECT, {"404": page('<meta http-equiv=refresh content="0;url=/no-such-page">')}
    )
    SCENERY["/new"] = page(NEW)
    SCENERY["/leads-on"] = page('<meta http-equiv=refresh content="0;url=/new">')


def _errors() -> Iterator[Case]:
    titles = _titles(ERROR_TITLES)
    yield from _cases("error page", DEAD, S.SOFT_404, {title: _titled(title) for title in titles}, "")
    yield from _cases("error title", DEAD, S.SOFT_404, {t: page(f"<title>{t}</title>{MORE}") for t in titles})
    yield from _cases(
        "error heading", DEAD, S.SOFT_404, {t: page(f"<title>Archive</title><h2>{t}</h2>{MORE}") for t in titles}, ""
    )


def _sentences() -> Iterator[Case]:
    for quote, form in (
        ("the Parties, at Seoul, agreed", "So the {0}Parties{1}, at Seoul, agreed."),
        ("The Parties agreed", "{0}T{1}he Parties agreed."),
    ):
        plays = {name: _in_text(form.format(f"<{name}>", f"</{name}>")) for name in UNKNOWN_ELEMENTS}
        yield from _cases(f"inline {quote[:5]}", ALIVE, S.OK, plays, quote)
    shown = {
        "picture": "the Par<img src=x>ties agreed", "initial": "<p>So.<p><img src=t alt=t>he Parties agreed", "drawing": "the Par<svg><text>x</text></svg>ties agreed",
        "blocks in a line": "<div style='display:inline'>the Par</div><div style='display:inline'>ties agreed</div>",
        "lines of blocks": "of war<span style='display:block'>the Parties</span><span style='display:block'>agreed</span>",
        "blocks of a kind of their own": "<x-p>end of the treaty</x-p><x-p>the Parties agreed</x-p>", "closed details": "<details><summary>S</summary>the Parties agreed</details>",
        "of two classes": "<style>.t{display:none}.t.open{display:block}</style>the Par<b class=t>ties agreed</b>",
        "hidden in print": "<style media=print>.t{display:none}</style><style>@media print{.t{display:none}}</style><b class=t>the Parties agreed</b>",
        "a box": "<p style='max-width:1px;height:1px;overflow:hidden'>the Parties agreed", "a number": "<b class=line>the Parties</b> agreed",
        "shadow": "<x-a><template shadowrootmode=open>the Parties agreed</template></x-a>",
    }  # fmt: skip
    yield from _cases(
        "shown", ALIVE, S.OK, {name: _in_text(html) for name, html in shown.items()}, "the Parties agreed"
    )
    yield from _cases(
        "quotation marks of an element",
        ALIVE,
        S.OK,
        {"q": _in_text("He said <q>peace</q> at last")},
        "said “peace” at last",
    )
    first, rest = "the Parties", " will consult together"
    yield from _cases("aid", ALIVE, S.OK, {aid: _in_text(f"{first}{aid}{rest}") for aid in _titles(AIDS)})
    yield from _cases("page mark", ALIVE, S.OK, {aid: _in_text(f"{first} {aid}{rest}") for aid in _titles(PAGE_MARKS)})
    whole = {
        "in a note": f"<div class=footnote>{QUOTE}</div>",
        "in a link to a page": f"<a class=page href=x>{QUOTE}</a>",
    }
    yield from _cases("quote", ALIVE, S.OK, {name: _in_text(html) for name, html in whole.items()})
    words = {
        "only for screen readers": f"<span class=sr-only>{QUOTE}</span>", "not, in a note": "the Parties will<span class=ref> not</span> consult together",
        "not, raised": "the Parties will<sup>not</sup> consult together", "in a box of a pixel": f"<p style='overflow:hidden; height:1px; width:1px'>{QUOTE}",
        "not, in a class": "<style>.x{display:block}</style>the Parties will<span class=x> not</span> consult together",
        "not, numbered": "the Parties will<span class=linenum> not</span> consult together", "in a template": f"<template>{QUOTE}</template>",
    }  # fmt: skip
    yield from _cases("no aid", DEAD, S.SUSPECT, {name: _in_text(html) for name, html in words.items()})


def _scripts() -> Iterator[Case]:
    plain = "text/plain; charset=utf-8"
    for number, (quote, texts) in enumerate(EAST_ASIAN.items()):
        yield from _cases(f"east asian {number}", ALIVE, S.OK, {text: _in_text(text) for text in texts}, quote)
    for number, (quote, text) in enumerate(PLAIN_EAST_ASIAN.items()):
        yield from _cases(f"line end {number}", ALIVE, S.OK, {quote: file(text.encode(), plain)}, quote)
    for number, (text, quote) in enumerate(FORMS):
        yield from _cases(f"form {number}", ALIVE, S.OK, {quote: file(text.encode(), plain)}, quote)
    for number, (text, quote) in enumerate(OTHER_FORMS):
        yield from _cases(
            f"other form {number}", DEAD, S.SUSPECT, {quote: file(f"{FILLER}\n{text}".encode(), plain)}, quote
        )
    replaced = {
        f"{label} {where}": file(meta.encode() + f"<p>{FILLER}<p>条约".encode("hz"), kind)
        for label in ("hz-gb-2312", "HZ-GB-2312", "iso-2022-cn")
        for where, meta, kind in (
            ("by its page", f"<meta charset={label}>", "text/html"),
            ("by its server", "", f"text/html; charset={label}"),
            ("as text", "", f"text/plain; charset={label}"),
        )
    }
    yield from _cases("encoding that browsers replace", UNSURE, S.OK_UNREAD, replaced, "条约")
    yield from _cases(
        "encoding that browsers replace, of what is UTF-8",
        ALIVE,
        S.OK,
        {"hz-gb-2312": file(f"<meta charset=hz-gb-2312><p>{FILLER}<p>条约".encode(), "text/html")},
        "条约",
    )
    for label, (codec, words) in ENCODINGS.items():
        text = f"<p>{FILLER[:300]}<p>{words}<p>".encode(codec)
        meta = f"<meta charset={label}>".encode() + text
        plays = {
            "by its page": file(meta, "text/html"), "by its server": file(text, f"text/html; charset={label}"),
            "against its server": file(meta, "text/html; charset=iso-8859-1"),
        }  # fmt: skip
        if codec != "iso2022_jp":
            plays["with a stray byte"] = file(meta + b" \xff end", "text/html")
        yield from _cases(f"encoding {label}", ALIVE, S.OK, plays, words)
    bare = {
        "euc-kr": "조약은 1953년",
        "cp932": "朝鮮戦争が",
        "cp1251": "договор мира",
        "iso2022_jp": "朝鮮戦争が",
        "utf-16": "조약 1953",
    }
    for codec, words in bare.items():
        yield from _cases(
            f"{codec} undeclared",
            ALIVE,
            S.OK,
            {"": file(f"<p>{FILLER[:300]}<p>{words}".encode(codec), "text/html")},
            words,
        )
    stray = "President’s words – “the Parties".encode() + b"<p>\xff end"
    yield from _cases(
        "stray byte",
        ALIVE,
        S.OK,
        {"in UTF-8": file(f"<p>{FILLER[:300]}<p>".encode() + stray, "text/html; charset=utf-8")},
        "President’s words – “the",
    )


def _long() -> Iterator[Case]:
    attributes = " ".join(f"a{n}=1" for n in range(80_000))
    yield from _cases("80,000 attributes", ALIVE, S.OK, {"": page(f"<title>T</title>{MORE}<p {attributes}>{QUOTE}")})
    endless = {"endless": _endless, "inflating": _inflating}
    yield from _cases("without end", UNSURE, S.OK_UNREAD, endless, "")
    packed = {
        "packed twice": page("x", Content_Encoding="gzip, gzip"),
        "packed as nobody asked": page("x", Content_Encoding="br"),
    }
    yield from _cases("packing", UNSURE, S.UNREACHABLE, packed)
    yield from _cases("note number in a PDF", ALIVE, S.OK, {"": file(pdf("the Parties12 will consult together"))})


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(4000):
        handler.wfile.write(f"<p>{FILLER}</p>".encode())


def _inflating(handler: Handler) -> None:
    import gzip

    handler.say(200, gzip.compress(f"<p>{FILLER}</p>".encode() * 3000), Content_Encoding="gzip")


SCENERY: dict[str, Play] = {}
PAGES: list[Case] = [case for cases in (_gates, _leading_on, _errors, _sentences, _scripts, _long) for case in cases()]
