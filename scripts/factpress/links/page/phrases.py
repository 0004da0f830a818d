"""What error pages and gates call themselves, by language: titles and headings, never words of a text.

A title is that of an error page when it is made of the words of such pages alone and one of its phrases says that
the page does not exist: `Die angeforderte Seite wurde nicht gefunden`. A title with any other word, such as `The peace that
was not found in Geneva`, is that of an article. The titles of gates are known in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class TitlePhrases:
    """How error pages, or gates, are called in one language."""

    says: str  #: a regular expression: phrases that say what the page is
    words: str  #: all words of such titles but the nouns, apart by spaces
    of_a_page: str = "(?!)"  #: phrases that say so only together with a noun
    nouns: str = ""  #: words for a page, apart by spaces


@cache
def title_words(titles: TitlePhrases) -> frozenset[str]:
    """Return every word that may stand in such a title, in lower case."""
    return frozenset(f"{titles.nouns} {titles.words}".split())


#: languages with spaces between words
ERROR_TITLES = {
    "en": TitlePhrases(
        says=r"not (?:be )?(?:found|exist)|(?:cannot|can ?not|can'?t|could ?n'?t|could not|unable to|not able to) "
        r"(?:be )?(?:find|found|locate|located)|no longer (?:here|there|available|exists?|valid|active|online|found)"
        r"|(?:does|do|did)(?: not|n'?t) exist|no (?:such|matching) \w+|nothing (?:was |is )?(?:found|here)|\b404\b"
        r"|\b410\b|bad request|invalid (?:request|url|address|page)|no (?:page|results?) (?:was |were )?found|^oops|page (?:has )?gone|\b(?:is|are|was)(?: not|n'?t) "
        r"(?:here|found|there)|not available any ?more",
        of_a_page=r"(?:has |have |been )?(?:permanently )?(?:moved|relocated)(?: permanently)?|invalid|(?:un|not |no longer |n'?t )available|(?:can ?not|can'?t|could ?n'?t|could not) be (?:displayed|opened|loaded|shown|reached)"
        r"|(?:been|is|are|was|were|be|seems|appears|looks) (?:\w+ (?:or |and )?)?(?:removed|deleted|withdrawn|missing|gone|expired|invalid|retired|discontinued"
        r"|taken down|unpublished|broken|dead)|(?:removed|deleted|missing|broken|dead|expired|invalid) (?:page|file|link|document|url|post|content)"
        r"|(?:page|file|link|document|url|content|article|post|item|entry|object|resource) (?:\w+ ){0,2}(?:removed|deleted|missing|expired|gone|invalid|withdrawn)",
        nouns="page pages file files document documents item items article articles resource resources content contents"
        " url urls address link links record records object objects post posts entry site website webpage web story"
        " directory folder location product topic thread publication video user account profile tweet blog photo image album group event listing question answer chapter book comment forum board category section download attachment news report",
        words="the a an this that these your our you we i it its sorry oops uh oh whoops hmm error errors http status"
        " code message 404 410 not no nothing found find locate located exist exists existing available unavailable"
        " anymore any more longer here there be been is are was were has have had do does did doesn don didn isn wasn"
        " can cannot could couldn t s requested requesting request looking searching for what which of to on at from or"
        " and but in by may might must been moved removed deleted withdrawn missing gone expired invalid retired taken"
        " down unpublished broken dead wrong such matching seems seem appears like try trying reach access view"
        " unable able server name temporarily changed either apologies unfortunately ve re m looks lost discontinued followed displayed opened loaded shown reached open display show load back go home bad request relocated permanently yet exact parameter id 400 archived"
        " results result valid active online again 0 1",
    ),
    "de": TitlePhrases(
        says=r"nicht (?:mehr )?(?:gefunden|vorhanden|verf[üu]gbar|auffindbar|erreichbar)|nicht finden|nicht existiert"
        r"|existiert (?:leider )?nicht|gibt es (?:leider )?nicht|keine? (?:seite|ergebnisse|treffer)|\b404\b|\b410\b",
        of_a_page=r"gel[öo]scht|entfernt|abgelaufen|ung[üu]ltig|existiert|verschoben",
        nouns="seite seiten webseite internetseite datei dokument inhalt artikel url adresse link beitrag objekt eintrag"
        " ressource meldung",
        words="die der das den dem diese dieser dieses ihre ihr ihnen sie wir ich es ein eine einen angeforderte"
        " angeforderten angefragte gewünschte gewünschten gesuchte gesuchten aufgerufene aufgerufenen angegebene"
        " angegebenen verlangte wurde wurden konnte konnten kann können nicht mehr leider gefunden finden werden wird"
        " von existiert existieren ist sind verfügbar vorhanden auffindbar erreichbar fehler fehlermeldung 404 410 hoppla"
        " ups entschuldigung verzeihung tut uns leid gelöscht entfernt abgelaufen ungültig verschoben unter auf dem"
        " diesem server gibt oder und zu haben gesucht aufrufen möchten wollten keine kein zur suche http status",
    ),
    "fr": TitlePhrases(
        says=r"introuvables?|n'?\s?existe (?:pas|plus)|n'?\s?est (?:pas|plus) (?:disponible|accessible)|pas (?:été )?"
        r"trouvée?|non trouvée?s?|aucune? (?:page|résultat)|inexistante?|\b404\b|\b410\b",
        of_a_page=r"supprimée?|retirée?|indisponible|expirée?|n'?\s?a pas été|non disponible",
        nouns="page article document fichier contenu ressource adresse url lien site élément objet publication",
        words="la le les l un une cette ce cet votre vous nous que qu demandée demandé recherchée recherché souhaitée"
        " cherchez recherchez demandez consulter est n ne pas plus existe existent a été ont introuvable introuvables"
        " trouvée trouvé trouver disponible indisponible accessible inexistante inexistant supprimée supprimé retirée"
        " retiré expirée expiré désolé désolés oups erreur 404 410 sur ce serveur ou et aucun aucune résultat non"
        " malheureusement pouvez peut semble avez demandé d de du en à",
    ),
    "es": TitlePhrases(
        says=r"no (?:existe|encontrad[ao]s?|disponible)|no se (?:encuentra|encontró|ha encontrado|ha podido encontrar"
        r"|pudo encontrar|puede encontrar)|no (?:ha sido|fue|está) (?:encontrad[ao]|disponible)|ya no (?:existe|está)"
        r"|\b404\b|\b410\b|no (?:hemos|pudimos) (?:podido )?encontra\w+",
        of_a_page=r"eliminad[ao]|borrad[ao]|retirad[ao]|caducad[ao]|inexistente",
        nouns="página pagina artículo articulo documento archivo fichero contenido recurso dirección url enlace sitio web"
        " noticia entrada objeto",
        words="la el los las lo un una esta este esa ese su usted que solicitada solicitado buscada buscado buscas busca"
        " buscando requerida solicitó solicita intenta ver no se ya existe encuentra encontrada encontrado encontró"
        " encontrar encontrarla ha han sido fue está esta disponible podido pudo puede pudimos hemos sentimos error 404"
        " 410 ups vaya disculpe perdón eliminada eliminado borrada borrado retirada retirado caducada inexistente en de"
        " del servidor o y estás está a",
    ),
    "it": TitlePhrases(
        says=r"non (?:è stat[ao] )?(?:trovat[ao]|esiste|disponibile)|non è (?:più )?(?:disponibile|presente)|\b404\b",
        of_a_page=r"eliminat[ao]|rimoss[ao]|inesistente",
        nouns="pagina documento articolo file risorsa contenuto url indirizzo link sito",
        words="la il lo le un una questa questo richiesta richiesto cercata cercato che stai stavi cercando hai non è"
        " stata stato trovata trovato esiste più disponibile presente errore 404 ops spiacenti siamo purtroppo"
        " eliminata eliminato rimossa rimosso inesistente o ed e di",
    ),
    "pt": TitlePhrases(
        says=r"não (?:foi )?(?:encontrad[ao]|existe|disponível)|não está (?:mais )?disponível|\b404\b",
        of_a_page=r"removid[ao]|excluíd[ao]|eliminad[ao]|inexistente",
        nouns="página pagina documento artigo arquivo ficheiro recurso conteúdo url endereço link site",
        words="a o os as um uma esta este essa esse solicitada solicitado procurada procurado que você procura está"
        " procurando não foi encontrada encontrado existe mais disponível erro 404 ops desculpe lamentamos removida"
        " removido excluída excluído eliminada inexistente ou e de",
    ),
    "nl": TitlePhrases(
        says=r"niet (?:meer )?(?:gevonden|beschikbaar|gevonden|bestaat)|bestaat niet|niet vinden|\b404\b",
        of_a_page=r"verwijderd|verlopen",
        nouns="pagina document artikel bestand url adres link inhoud",
        words="de het een deze dit gevraagde opgevraagde gezochte die dat u je zoekt kan kon konden kunnen we wij niet"
        " meer gevonden vinden worden werd is bestaat beschikbaar fout 404 oeps helaas sorry verwijderd verlopen",
    ),
    "ru": TitlePhrases(
        says=r"не (?:найден[аоы]?|существует|обнаружен[аоы]?|удалось найти|найти|доступн[аоы]?)|нет такой страницы"
        r"|такой страницы (?:здесь )?(?:не существует|нет)|страницы нет|\b404\b|\b410\b|ничего не найдено|несуществующ\w+",
        of_a_page=r"удал[её]н[аоы]?|недоступн[аоы]?|перемещен[аоы]?|устарела|больше нет",
        nouns="страница страницы страницу страниц документ материал материала статья статью файл ресурс запись адрес"
        " ссылка объект публикация новость сайт сайте",
        words="ошибка ошибки 404 410 запрашиваемая запрашиваемый запрошенная запрошенный запрошенной запрашиваемой"
        " которую который вы ищете искали запрашиваете запросили указанная указанный такая такой такого эта этой этот"
        " данная данный не найдена найден найдено найдены найти существует обнаружена обнаружен удалось доступна доступен"
        " недоступна недоступен нет больше удалена удален удалён перемещена или и к сожалению извините простите увы мы"
        " была был уже ничего по этому адресу на сервере несуществующая здесь",
    ),
    "uk": TitlePhrases(
        says=r"не (?:знайдено|знайдена|існує)|\b404\b",
        of_a_page=r"видален[аоий]+",
        nouns="сторінка сторінку сторінки документ матеріал стаття",
        words="помилка 404 не знайдено знайдена існує запитувана запитану яку ви шукаєте вибачте на жаль видалена видалено",
    ),
    "pl": TitlePhrases(
        says=r"nie (?:została |został )?(?:znaleziono|znaleziona|znaleziony|istnieje|odnaleziono)|\b404\b",
        of_a_page=r"usunięt[aoy]|niedostępn[aoy]",
        nouns="strona strony stronę dokument dokumentu artykuł plik pliku zasób adres",
        words="nie znaleziono znaleziona znaleziony została został istnieje odnaleziono żądana żądanej podana szukana"
        " której szukasz ta ten taka błąd 404 przepraszamy niestety usunięta usunięty niedostępna już",
    ),
    "vi": TitlePhrases(
        says=r"không (?:tìm thấy|tồn tại)|\b404\b",
        of_a_page=r"đã bị xóa",
        nouns="trang tài liệu bài viết web",
        words="không tìm thấy tồn tại lỗi 404 bạn yêu cầu này đã bị xóa rất tiếc xin",
    ),
    "tr": TitlePhrases(
        says=r"bulunamad[iı]|bulunam[iı]yor|bulamad[iı]k|bulunmuyor|bulunmamaktad[iı]r|mevcut değil|\b404\b",
        of_a_page=r"silin(?:di|miş)|kald[iı]r[iı]l(?:d[iı]|m[iı]ş)|taş[iı]n(?:d[iı]|m[iı]ş)",
        nouns="sayfa sayfası sayfayı sayfasi sayfayi dosya belge içerik makale kayıt bağlantı adres",
        words="aradığınız aradiğiniz istediğiniz istenen ulaşmak görüntülemek bu böyle bir üzgünüz maalesef hata 404 bulunamadı"
        " bulunamadi bulunamıyor bulamadık bulunmuyor bulunmamaktadır mevcut değil silindi silinmiş kaldırıldı kaldırılmış taşındı"
        " taşınmış veya ya da olabilir artık",
    ),
    "ar": TitlePhrases(
        says=r"غير موجود|لم (?:يتم|نتمكن من) (?:العثور|ايجاد|إيجاد)|لم نعثر|لا (?:يمكن العثور|توجد|يوجد)|غير متوفر|\b404\b",
        of_a_page=r"غير متاح|محذوف|حذف|إزالة",
        nouns="الصفحة صفحة المقال المقالة الملف المستند المحتوى الرابط الوثيقة الموضوع",
        words="عذرا آسف نأسف خطأ 404 غير موجودة موجود متوفرة متوفر متاحة متاح لم يتم نتمكن من العثور على إيجاد ايجاد نعثر لا يمكن توجد يوجد"
        " هذه هذا المطلوبة المطلوب التي الذي تبحث عنها عنه تحاول الوصول إليها إلى طلبتها محذوفة محذوف تم حذف إزالة أو",
    ),
    "cs": TitlePhrases(
        says=r"nenalezen[aoy]?|neb(?:yla?|ylo) nalezen[aoy]?|neexistuje|nelze nalézt|\b404\b",
        of_a_page=r"odstraněn[aoy]?|smazán[aoy]?|není (?:dostupn|k dispozici)",
        nouns="stránka stránku stránky dokument soubor článek obsah odkaz adresa",
        words="požadovaná požadovaný požadovanou hledaná hledaný hledanou zadaná tato tento kterou který hledáte nebyla nebyl nebylo nenalezena nenalezen"
        " nenalezeno nalezena nalezen neexistuje nelze nalézt bohužel omlouváme se chyba 404 odstraněna odstraněn smazána smazán není"
        " dostupná dostupný k dispozici již už byla byl nebo a",
    ),
    "hu": TitlePhrases(
        says=r"nem (?:található|létezik|talál(?:juk|ható|tuk)|elérhető)|\b404\b",
        of_a_page=r"törölt|törölték|eltávolított|megszűnt",
        nouns="oldal oldalt lap dokumentum fájl cikk tartalom hivatkozás",
        words="a az ez keresett kért kívánt megadott ön által nem található létezik találjuk találtuk elérhető sajnos sajnáljuk elnézést hiba 404 már"
        " törölt törölték eltávolított megszűnt amit keres ilyen vagy",
    ),
    "da": TitlePhrases(
        says=r"ikke (?:fundet|findes|finde|finnes|funnet|finne)|(?:findes|finnes|eksisterer) (?:desværre |dessverre )?ikke|\b404\b",
        of_a_page=r"slettet|fjernet|(?:er|var) ikke (?:længere |lenger )?tilgængelig|ikke tilgjengelig",
        nouns="side siden dokument dokumentet fil filen artikel artiklen artikkelen indhold indholdet innholdet",
        words="den det denne dette du leder efter etter søger søkte ønskede blev ble kunne kan ikke vi fundet findes finde finnes funnet finne eksisterer"
        " er var desværre dessverre beklager undskyld ups fejl feil 404 slettet fjernet længere lenger tilgængelig tilgjengelig som har eller",
    ),
    "sv": TitlePhrases(
        says=r"inte (?:hittas|hitta|finnas)|hittades (?:tyvärr )?inte|(?:finns|existerar) (?:tyvärr )?inte|hittar inte|\b404\b",
        of_a_page=r"borttagen|raderad|tagits bort|inte (?:längre )?tillgänglig",
        nouns="sida sidan dokument dokumentet fil filen artikel artikeln innehållet länken",
        words="den det denna detta du söker sökte letar efter begärda kunde kan inte vi hittas hitta hittades hittar finns finnas existerar tyvärr"
        " oj hoppsan beklagar ursäkta fel 404 borttagen raderad har tagits bort längre tillgänglig är som eller",
    ),
    "fi": TitlePhrases(
        says=r"ei (?:valitettavasti )?(?:löytynyt|löydy|löydetty|ole olemassa)|\b404\b",
        of_a_page=r"poistettu|ei ole (?:enää )?(?:saatavilla|käytettävissä)",
        nouns="sivua sivu sivusto asiakirjaa tiedostoa artikkelia sisältöä sisältö dokumenttia",
        words="etsimääsi etsimäsi hakemaasi hakemasi pyydettyä pyytämääsi pyydetty haettua tätä tämä ei ole olemassa löytynyt löydy löydetty valitettavasti"
        " pahoittelut virhe 404 hups poistettu on enää saatavilla käytettävissä tai",
    ),
    "id": TitlePhrases(
        says=r"tidak (?:dapat )?(?:ditemukan|dijumpai|menemukan)|tidak ada|\b404\b",
        of_a_page=r"dihapus|tidak tersedia",
        nouns="halaman laman dokumen berkas artikel konten tautan",
        words="yang anda cari minta kamu dicari diminta ini tersebut tidak dapat bisa ditemukan dijumpai menemukan ada tersedia maaf ups kesalahan galat"
        " 404 telah sudah dihapus kami atau",
    ),
    "he": TitlePhrases(
        says=r"לא (?:נמצא|קיי?ם|קיימת)|אינו קיים|אינה קיימת|\b404\b",
        of_a_page=r"הוסר|נמחק|אינו זמין|לא זמין",
        nouns="הדף דף העמוד עמוד הקובץ המסמך המאמר התוכן הכתובת",
        words="המבוקש שחיפשת שחיפשתם שביקשת שביקשתם זה מצטערים סליחה אופס שגיאה 404 לא נמצא נמצאה קיים קיימת אינו אינה הוסר הוסרה נמחק זמין או",
    ),
    "el": TitlePhrases(
        says=r"δεν (?:βρέθηκε|υπάρχει|εντοπίστηκε|βρέθηκαν)|\b404\b",
        of_a_page=r"διαγραφεί|αφαιρεθεί|δεν είναι διαθέσιμ",
        nouns="σελίδα έγγραφο αρχείο άρθρο περιεχόμενο",
        words="η το αυτή αυτό που ζητήσατε αναζητάτε αναζητήσατε ψάχνετε ζητούμενη δεν βρέθηκε υπάρχει εντοπίστηκε συγγνώμη λυπούμαστε σφάλμα 404 έχει"
        " διαγραφεί αφαιρεθεί είναι διαθέσιμη διαθέσιμο πια πλέον",
    ),
}
#: languages that write words together: a title is that of an error page when nothing but these is in it
ERROR_TOKENS = {
    "ko": (
        r"종료(?:된|되었)|찾을 ?수 ?없|존재하지 ?않|없는 (?:페이지|게시|글|문서|주소|자료)|(?:삭제|이동)(?:된|되었|됐|하신)|없습니다"
        r"|없어요|만료된|유효하지 ?않|비공개|잘못된 (?:접근|주소|경로|요청)|\b404\b",
        "요청하신 요청한 찾으시는 찾는 찾고 계신 계시는 접근하신 접속하신 방문하신 방문하시려는 입력하신 이용하신 원하시는 선택하신"
        " 해당 현재 더 이상 이상의 존재하지 않는 않습니다 않거나 않는 않은 않아요 삭제된 삭제되었습니다 삭제되었거나 삭제됐습니다 삭제된"
        " 이동된 이동되었거나 변경되었거나 변경된 변경되어 만료된 잘못된 없는 없습니다 없어요 있는 수 없음 찾을 볼 서비스가 페이지 홈페이지 웹페이지"
        " 게시물 게시글 게시판 문서 파일 글 글이 자료 기사 콘텐츠 컨텐츠 정보 주소 경로 화면 링크 데이터 내용 접근 요청 를 을 이 가 은 는"
        " 의 에 에서 로 으로 도 입니다 이거나 이며 하지만 또는 혹은 죄송합니다 죄송하지만 앗 이런 오류 에러 안내 알림 및 그 http"
        " error not found page 사라졌거나 다른 되었습니다 됐습니다 해당하는 일시적으로 사용할 서비스 종료된 종료되었습니다 이미 유효하지 비공개 게시판입니다 접근할 열람할 조회할 표시할 확인할 하셨습니다 되어 있지 삭제 이동 변경 주소가 이름이 있습니다 됩니다 하신 게시글이 확인 불가 접속 방문 올바르지",
    ),
    "ja": (
        r"存在しません|存在しない|存在しておりません|見つかりません|見つからない|みつかりません|見当たりません|ありません|ございません"
        r"|削除され|削除した|公開を?終了|掲載を?終了|終了しました|404|アクセスできません|表示できません",
        "お探しの お探し ご指定の 指定された 指定した ご覧の ご覧になろうとした ご要望の 要求された リクエストされた リクエストした アクセスした"
        " アクセスしようとした 該当の 該当する この その こちらの お客様が ページ ウェブページ ファイル 記事 文書 コンテンツ データ 情報 資料 サイト"
        " url アドレス リンク 画面 は が を も に の へ と から で 現在 既に すでに または もしくは か 存在しません 存在しない 存在しておりません"
        " 見つかりませんでした 見つかりません 見つからない みつかりませんでした みつかりません 見当たりませんでした 見当たりません"
        " ありませんでした ありません ございません 削除されました 削除されたか 削除された 削除されている 削除しました 削除した 移動した 移動されたか"
        " 移動しました 移動または 変更された 可能性があります 公開を終了しました 公開終了しました 公開終了 掲載を終了しました 掲載終了しました 掲載終了 終了しました"
        " 申し訳ございません 申し訳ありません 申し訳ございませんが 申し訳ありませんが 大変 エラー error not found page http アクセスできません"
        " 表示できません ため いる です ます",
    ),
    "zh": (
        r"不存在|未找到|找不到|没找到|沒找到|没有找到|沒有找到|无法找到|無法找到|不见了|不見了|已?(?:被)?(?:删除|刪除|移除)|已?失效|已?过期|已過期"
        r"|已?下架|已?下线|走丢了|404|无法访问|無法訪問|不可用|未能找到",
        "抱歉 很抱歉 对不起 對不起 非常抱歉 不好意思 糟糕 哎呀 sorry 您 你 所 要 想 正在 当前 當前 该 該 这个 這個 此 这 這 访问 訪問 请求 請求"
        " 查找 查找的 浏览 瀏覽 要找 寻找 尋找 查看 打开 打開 搜索 输入 輸入 指定 的 了 页面 頁面 网页 網頁 页 頁 文章 文件 文档 文檔 檔案 内容 內容"
        " 地址 网址 網址 链接 連結 鏈接 帖子 资源 資源 资料 資料 信息 資訊 网站 網站 可能 已经 已經 已 被 不存在 未找到 找不到 没找到 沒找到 没有找到 沒有找到"
        " 无法找到 無法找到 不见了 不見了 删除 刪除 移除 失效 过期 過期 下架 下线 走丢 无法访问 無法訪問 不可用 未能找到 或 或者 错误 錯誤 error page"
        " not found http 提示 系统 系統 我们 我們 啊 哦 呢",
    ),
    "th": (
        r"ไม่พบ|ไม่มีหน้า|ไม่มีอยู่|หาไม่เจอ|404",
        "ขออภัย ไม่พบ ไม่มี อยู่ หาไม่เจอ หน้าเว็บ หน้า เว็บ เพจ ไฟล์ เอกสาร บทความ เนื้อหา ข้อมูล ที่ คุณ ท่าน ต้องการ ค้นหา กำลัง ร้องขอ เรียก ดู นี้ แล้ว ข้อผิดพลาด"
        " ถูก ลบ หรือ error not found page",
    ),
}
#: nothing but what is left of a site: a domain for sale, a server without pages, an account that was closed
ABANDONED = (
    r"(?:this |the )?(?:premium )?(?:domain|website|site)(?: name)?(?: [\w.-]+)? (?:is|may be|could be|might be)"
    r"(?: now)? (?:for sale|available|parked|expired|not available)(?:.{0,30})?|(?:buy|purchase|get) this domain.{0,40}"
    r"|(?:[\w-]+\.)+[a-z]+ parked|[\w-]+(?:\.[\w-]+)+ (?:is|may be) for sale.{0,40}|(?:this )?domain (?:name )?(?:has )?(?:expired|parked|parking).{0,30}"
    r"|parked domain.{0,40}|domain for sale.{0,40}|(?:diese )?(?:domain|webseite) .{0,40}(?:steht )?zum verkauf.{0,20}"
    r"|.{0,40}domaine? .{0,30}(?:est )?(?:à vendre|en venta|in vendita|à venda)|.{0,20}домен.{0,30}(?:продается|продаётся|припаркован).{0,20}"
    r"|.{0,10}(?:이 )?도메인.{0,20}(?:판매|만료).{0,10}|.{0,10}(?:域名|網域).{0,10}(?:出售|转让|轉讓|过期|過期|售卖).{0,10}"
    r"|.{0,20}ドメイン.{0,20}(?:販売|売り出|期限切れ|失効).{0,10}|(?:website|domain) (?:has )?expired.{0,30}"
)
#: the same, where the page has hardly any other words: these may be titles of articles too
EMPTY_SITES = (
    r"welcome to (?:nginx|openresty|tengine|apache|caddy).{0,20}|(?:apache2? .{0,30})?(?:default page|it works).{0,20}"
    r"|iis (?:windows.{0,20}|\d+.{0,10})|(?:http server )?test page.{0,60}|(?:default )?(?:web ?)?(?:site|server) (?:default )?page"
    r"|(?:this |your |the )?(?:(?:web ?)?hosting|account|website|site)(?: account)? (?:has been |is )?(?:suspended|disabled|closed|deactivated).{0,30}"
    r"|(?:website|site|domain) (?:not (?:found|configured|published)|expired).{0,30}|(?:index of|directory listing for) /"
    r"|(?:(?:oops|whoops|uh[- ]oh|sorry|error)\W{1,4})?something (?:went|has gone) wrong.{0,30}"
    r"|(?:site |website |page )?(?:coming soon|under construction)|error(?: page| occurred| message)?|fehler(?:seite|meldung)?|erreur|errore|erro"
    r"|ошибка|помилка|오류(?: ?(?:안내|페이지|메시지|가 발생했습니다))?|에러|エラー(?:ページ)?|错误(?:页面|提示)?|錯誤|出错(?:了|啦)?|参数错误|非法访问|不正なアクセス.{0,10}"
)
#: hosts of those who sell domains; what leads there, or shows their advertisements and hardly a word, is not a page
PARKED_AT = (
    r"sedoparking\.com|sedo\.com/search/details|parkingcrew\.net|bodis\.com|hugedomains\.com|afternic\.com|dan\.com/buy-domain"
    r"|parklogic\.com|above\.com/marketplace|undeveloped\.com|domainmarket\.com|buydomains\.com|parking-?page|domain-?parking"
)
#: whole titles of pages that stand before a page: for readers with an account, without a machine, with cookies, later
GATES = (
    # walls against machines
    r"just a moment|(?:please )?(?:one|a) moment,?(?: please)?|making sure you'?re not a bot|attention required.{0,20}"
    r"|ddos[- ]guard|access (?:to this page )?(?:has been |is |was )?(?:denied|blocked|forbidden|restricted)(?: because .{0,120}|.{0,30})|captcha.{0,30}"
    r"|your access to this (?:web)?(?:site|page|service) (?:has been|was|is) (?:temporarily )?(?:limited|blocked|restricted|denied|suspended).{0,40}"
    r"|cloudflare|pardon our interruption.{0,20}|incapsula incident.*|are you (?:a robot|(?:a )?human)|(?:are you )?(?:a )?(?:robot|bot) or (?:a )?human"
    r"|human or (?:ro)?bot|human (?:verification|check|test)|security (?:check(?:point)?|verification|challenge)"
    r"|verif(?:y|ying)(?: that)?(?: you are| you'?re)?(?: a)? (?:human|your (?:browser|identity)|not a (?:ro)?bot).{0,20}"
    r"|(?:bot|browser|user) (?:verification|check|challenge)|client challenge|robot check|validate user|i'?m not a robot"
    r"|checking (?:your browser|if the site connection is secure).*|request (?:unsuccessful|rejected|blocked|denied).*"
    r"|(?:sorry,? )?you have been blocked.*|vercel security checkpoint|radware (?:bot manager )?captcha|forbidden|403(?: forbidden)?"
    r"|(?:web )?(?:page|site) (?:is )?blocked.{0,20}|blocked|error 10(?:05|06|07|08|09|10|12|15|20).*|not acceptable!?"
    r"|too many requests|rate limit(?:ed| exceeded)?|unusual traffic.{0,40}|prove (?:that )?you(?:'re| are) human.{0,20}"
    r"|please (?:enable|turn on|allow) (?:javascript|cookies|js).{0,60}|ein(?:en)? moment,? bitte|einen moment|bitte warten.{0,20}"
    r"|sicherheits(?:überprüfung|prüfung|check)|zugriff (?:verweigert|gesperrt|nicht erlaubt)|un instant|un moment,? s'il vous pla[iî]t"
    r"|veuillez patienter.{0,20}|vérification de sécurité|accès (?:refusé|interdit|bloqué)|un momento(?:,? por favor)?"
    r"|espere un momento.{0,20}|verificación de seguridad|acceso (?:denegado|prohibido|bloqueado)|un attimo|attendere prego"
    r"|accesso negato|um momento(?:,? por favor)?|acesso (?:negado|bloqueado)|один момент|(?:пожалуйста,? )?подождите.{0,30}"
    r"|проверка (?:безопасности|браузера).{0,20}|доступ (?:запрещ[её]н|ограничен|закрыт|заблокирован)|bir dakika lütfen|een moment(?: geduld)?"
    r"|proszę czekać|잠시만 ?기다(?:려 ?주(?:십시오|세요)|리십시오|리세요)|보안 ?(?:확인|검사|인증)(?: ?중)?|접근(?:이)? ?(?:거부|차단|제한|금지).{0,10}"
    r"|자동 ?등록 ?방지|(?:접근 ?|열람 ?|읽기 ?)?권한이 ?없습니다.{0,10}|로봇이 ?아닙니다|しばらくお待ちください|少々お待ちください|セキュリティ(?:チェック|確認).{0,5}|アクセス(?:が)?(?:拒否|禁止|制限).{0,10}"
    r"|请稍[候等]|請稍[候等]|稍候片刻|安全(?:验证|驗證|检查|检测|检測|检验)|(?:人机|人機|滑块|身份)验证|访问(?:被拒绝|受限|被阻断|异常|验证)|訪問(?:被拒絕|受限)|拒绝访问|拒絕存取|禁止访问",
    # log-in
    r"(?:please )?(?:log|sign)[- ]?(?:in|on|up)(?: (?:to|with|or|required|page|here)\b.{0,40})?|(?:user |member |account |site )?log[- ]?in"
    r"|(?:shibboleth |institutional |single )?(?:authentication|sign[- ]?on|authorization)(?: required| page| service)?"
    r"|unauthorized|401(?: unauthorized)?|members? only|subscribers? only|subscribe to (?:read|continue).{0,30}|create an account.{0,20}"
    r"|(?:get |check )?access (?:through|via|with) your (?:institution|library|organi[sz]ation|university).{0,20}"
    r"|(?:purchase|buy|rent|get|request) (?:full |instant |digital |institutional )?access(?: (?:now|options?|to (?:this|the full) \w+))?"
    r"|you(?:'ve| have) (?:reached|hit|exceeded|used up) (?:your|the) (?:[\w-]+ ){0,5}limit.{0,40}"
    r"|you(?:'ve| have) (?:read|used|viewed) (?:all )?(?:of )?(?:your|the) (?:[\w-]+ ){0,3}free (?:[\w-]+ ?){1,5}"
    r"|(?:la )?(?:sessione|tua sessione|votre session|session|sesión|sua sessão|sessão|su sesión)(?: è| a| est| ha| está)? (?:scaduta|expirée?|expirad[ao]|caducad[ao]|finalizada)"
    r"|(?:ihre )?(?:sitzung|session) (?:ist )?abgelaufen|(?:ваша )?сессия (?:истекла|завершена)|세션(?:이)? ?(?:만료|종료).{0,10}|セッション.{0,5}(?:切れ|タイムアウト).{0,10}|会话已?(?:过期|超时)"
    r"|(?:يرجى |الرجاء )?(?:تسجيل الدخول|تسجيل دخول)|الدخول|כניסה|התחברות|เข้าสู่ระบบ|σύνδεση|přihlášení|přihlásit se|bejelentkezés|masuk|kirjautuminen"
    r"|restricted (?:access|area)|registration required|(?:bitte )?(?:anmelden|einloggen)|anmeldung(?: erforderlich)?"
    r"|(?:se )?connecter|connexion|identification|s'identifier|authentification|iniciar sesión|inicio de sesión|acceder|ingresar"
    r"|accedi|accesso|effettua il login|entrar|iniciar sessão|inloggen|aanmelden|вход(?: (?:на сайт|в систему|в личный кабинет))?"
    r"|войти|авторизация|требуется авторизация|увійти|вхід|zaloguj(?: się)?|logowanie|logga in|log ind|logg inn|kirjaudu|giriş(?: yap)?"
    r"|đăng nhập|로그인(?: ?(?:페이지|화면|안내|하기|이 ?필요합니다))?|회원 ?로그인|본인 ?(?:인증|확인)|ログイン(?:ページ|画面)?|サインイン|登录|登錄|登入|用户登录|会员登录|會員登入|统一身份认证",
    # consent and cookies
    r"cookies? (?:required|consent|disabled|needed|policy consent|settings|wall|preferences|are (?:required|disabled))"
    r"|(?:your )?(?:browser|you) must accept cookies.{0,20}|before you continue.{0,30}|we (?:value|care about|respect) your privacy"
    r"|your privacy(?: (?:choices|matters|settings|is important.{0,20}))?|(?:consent|privacy) (?:required|settings|manager|management|choices|center)"
    r"|consent|age (?:verification|check|gate)|verify your age.{0,20}|are you (?:over|at least) \d+.{0,20}|bevor sie .{0,20}fortfahren"
    r"|(?:cookie|datenschutz)[- ]?(?:einstellungen|einwilligung|hinweis)|avant de continuer.{0,30}|(?:gestion|paramètres) des cookies"
    r"|antes de continuar.{0,30}|configuración de cookies|prima di continuare.{0,30}|прежде чем продолжить.{0,30}|согласие на .{0,30}cookies?"
    r"|쿠키 ?(?:설정|동의|사용).{0,10}|계속하기 ?전에.{0,10}|クッキー.{0,10}|続行する前に.{0,20}|cookie ?(?:设置|設定|同意)",
    # maintenance and servers that cannot answer
    r"(?:site |website |system |server |scheduled |planned |down for |under |temporarily )*maintenance(?: (?:mode|page|in progress|notice))?"
    r"|(?:we(?:'ll| will) )?be (?:right )?back (?:soon|shortly|later|online soon)|we(?:'ll| will) be (?:right )?back.{0,20}"
    r"|(?:site |website )?(?:is )?(?:currently |temporarily )?(?:unavailable|offline|down)(?: for maintenance)?|(?:http )?(?:error )?50\d.{0,40}"
    r"|(?:internal )?server error.{0,40}|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|runtime error"
    r"|error establishing a database connection|database error|an? (?:unexpected )?error (?:has )?occurred|application error|fatal error"
    r"|wartungsarbeiten.{0,20}|wartung(?:smodus)?|(?:wir sind )?(?:gleich|bald) (?:wieder )?(?:zurück|da|für sie da)|(?:site )?en maintenance"
    r"|maintenance en cours|(?:sitio |página )?en mantenimiento|mantenimiento|in manutenzione|manutenzione|em manutenção"
    r"|(?:ведутся |проводятся )?(?:технические|профилактические) работы.{0,20}|сайт (?:на обслуживании|временно недоступен)|техническое обслуживание"
    r"|(?:시스템|서비스|홈페이지|사이트|서버)? ?(?:정기 )?점검 ?(?:중|안내|중입니다)(?:입니다)?|(?:サイト|システム|サーバー?)?(?:定期)?メンテナンス(?:中|のお知らせ)?(?:です)?"
    r"|(?:系统|系統|网站|網站|服务器)?(?:正在)?(?:维护|維護|升级维护)(?:中|通知|公告)?",
)
#: languages with spaces between words
GATE_TITLES = {
    "en": TitlePhrases(
        says=r"\b(?:you(?:'?re| are)?|are|is|not|i'?m|i am) (?:not )?(?:an? )?(?:human|robot|bot|real person)|human (?:verification|check|or)"
        r"|(?:robot|bot) (?:or|check|verification|challenge)|\b(?:re)?captcha|\bcookies?\b|javascript|\bddos|cloudflare|log ?in|logged in|log ?on"
        r"|sign ?in|shibboleth|openathens|verif(?:y|ying|ied|ication)|\bwere a bot|one more step|checking (?:your|if)|(?:just a|just one|one) (?:moment|second)|please wait|denied"
        r"|rejected|unauthori[sz]ed|forbidden|\bblocked|session (?:has )?(?:expired|timed out)|maintenance|back (?:soon|shortly)|security check"
        r"|(?:temporarily|service|services|server|site|website) (?:is )?(?:currently )?unavailable|too many|unusual|suspicious|permission",
        words=" a accept accepted access accessing account accounts activate activity allow allowed am an and are area authenticate"
        " authenticating authentication authorized automated back be been before below blocked bot bots browser by captcha challenge"
        " check checking cloudflare complete confirm confirming connection continue cookie cookies ddos denied detected disabled do"
        " does don down enable error exceeded expired few for forbidden from has have hold human humans i identity if in institution"
        " institutional institutions into is it javascript js just limit ll loading log login logon m maintenance many may member"
        " members minute moment must need needed needs network not offline on one only openathens or order our out page permission"
        " permissions person planned please private proceed proceeding protection prove rate re real recaptcha redirecting register"
        " registered rejected request requested requests require required requires restricted right robot robots scheduled script"
        " second seconds secure security server service services session shibboleth shortly sign signin signup single site so solve"
        " soon sorry subscriber subscribers subscription suspicious system systems t take temporarily that the this timed to too"
        " traffic turn unauthorised unauthorized unavailable under unusual up url users verification verified verify verifying wait"
        " waiting was we web website were whether will with you your yourself logged view content read reading performing currently"
        " uses use using completing action information full text can could should again try run app application reload refresh reason reasons our us something about made think were stand by while stop hold press button undergoing radware page step more",
    ),
    "de": TitlePhrases(
        says=r"anmeld|einlogg|zustimmung|einwilligung|login|melden sie sich|cookies?|mensch|robot|überprüf|wartung|zugriff|zugang|gesperrt|vorübergehend|abonn|mitglieder|bitte warten",
        words="bitte melden sie sich an müssen anmelden einloggen angemeldet sein um diese diesen dieser die der das seite inhalt artikel zu sehen"
        " lesen können nutzen fortfahren fortzufahren weiter weiterzulesen website webseite verwendet benutzt nutzt cookies cookie akzeptieren"
        " zustimmen bestätigen bestätige dass du ein mensch sind bist kein roboter überprüfung wird werden überprüft ihr ihren browser im in"
        " wegen wartung wartungsmodus wartungsarbeiten derzeit momentan vorübergehend nicht verfügbar erreichbar zugriff zugang verweigert"
        " gesperrt blockiert anmeldung erforderlich nur für mitglieder abonnenten login benutzer kunden konto warten moment einen ist wir gleich"
        " bald zurück wieder da sicherheit und auf mit zum verwenden benötigen ihre zustimmung einwilligung unsere",
    ),
    "fr": TitlePhrases(
        says=r"connect|connexion|vie privée|identifi|humain|robot|vérif|cookies?|maintenance|temporairement|accès|abonn|patienter|revenons",
        words="vous devez connecter être connecté pour accéder à lire voir consulter cette ce la le les l page contenu article site se connexion"
        " requise identifier identifiez identification veuillez merci de patienter vérifiez vérifier vérification que êtes un humain pas n robot"
        " votre navigateur accepter acceptez des cookies utilise en cours maintenance actuellement temporairement indisponible accès refusé"
        " interdit limité réservé aux abonnés membres abonnez s abonner créer compte continuer avant nous revenons bientôt service est sécurité du utilisons vie privée respectons",
    ),
    "es": TitlePhrases(
        says=r"sesión|acce[sd]|humano|robot|verifi|cookies?|mantenimiento|temporalmente|suscri|regístr|volve|espere",
        words="debe debes iniciar sesión para ver acceder a este esta el la los las contenido página artículo por favor inicie inicia verifique"
        " verifica verificar verificando que es eres usted humano no un robot verificación su tu navegador acepte aceptar cookies utiliza sitio web"
        " en mantenimiento temporalmente disponible servicio fuera de acceso denegado restringido prohibido solo para suscriptores usuarios"
        " registrados suscríbase regístrese volvemos volveremos pronto seguridad espere momento está requerido se requiere utilizamos usamos",
    ),
    "it": TitlePhrases(
        says=r"acced|accesso|login|umano|robot|verific|cookies?|manutenzione|temporaneamente|abbona|torn",
        words="devi effettuare il login l accesso per accedere a leggere vedere questo questa sito pagina contenuto verifica verificare di che sei"
        " essere un umano non robot cookie cookies accetta utilizza in manutenzione temporaneamente disponibile servizio negato riservato agli"
        " abbonati torneremo torniamo presto attendere attendi prego",
    ),
    "pt": TitlePhrases(
        says=r"sessão|login|acesso|humano|robô|verifi|cookies?|manutenção|temporariamente|assinantes",
        words="faça o login para acessar ver ler esta este página conteúdo site verifique que é você um humano não robô verificação cookies aceite"
        " utiliza em manutenção temporariamente indisponível serviço acesso negado restrito a assinantes iniciar inicie sessão voltaremos em breve",
    ),
    "nl": TitlePhrases(
        says=r"inlog|aanmeld|robot|mens|cookies?|onderhoud|tijdelijk|toegang|abonnees",
        words="u moet inloggen aanmelden om deze dit pagina te bekijken lezen log in bent je een geen robot mens cookies accepteren gebruikt website"
        " site in onderhoud tijdelijk niet beschikbaar toegang geweigerd alleen voor abonnees leden even geduld",
    ),
    "pl": TitlePhrases(
        says=r"zalog|robot|człowiek|cookies?|serwis(?:ow|u)|przerwa|tymczasowo|dostęp",
        words="zaloguj się aby zobaczyć musisz być zalogowany potwierdź że nie jesteś robotem człowiekiem pliki cookies ta strona używa przerwa"
        " techniczna serwisowa trwają prace serwisowe tymczasowo niedostępna dostęp zabroniony do treści",
    ),
    "ru": TitlePhrases(
        says=r"авториз|войти|войдите|зарегистр|робот|человек|проверк|обслуживан|технические работы|временно|доступ (?:запрещ|огранич|закрыт)|доступ только"
        r"|подписчик|cookie|верн[её]мся|подождите",
        words="необходимо нужно требуется авторизоваться авторизация авторизуйтесь войти войдите или зарегистрируйтесь зарегистрироваться регистрация"
        " чтобы для просмотра читать продолжить пожалуйста подтвердите подтверждение что вы не я робот человек проверка вашего браузера безопасности"
        " сайт на в с техническом обслуживании обслуживание ведутся проводятся технические профилактические работы временно недоступен недоступна"
        " сервис сервер страница доступ ограничен запрещен запрещён закрыт только подписчиков пользователей зарегистрированных использует cookie"
        " cookies файлы примите включите скоро вернемся вернёмся мы подождите один момент доступа этот это и к используем",
    ),
}
#: languages that write words together
GATE_TOKENS = {
    "ko": (
        r"로그인|회원|인증|로봇|사람인지|보안|차단|제한|거부|금지|점검|잠시|쿠키|개인정보|일시적|권한|자바스크립트",
        "현재 유료 무료 로그인 후 이용 이용하실 이용해 이용할 하실 할 수 있습니다 없습니다 필요합니다 필요한 서비스입니다 서비스 페이지입니다 페이지 회원만 회원전용 회원 전용 가입 본인"
        " 인증 확인하는 확인하고 확인 사람인지 로봇이 로봇 아님을 아닌지 아닙니다 해 주세요 해주세요 해주십시오 주십시오 하십시오 하세요 부탁드립니다 보안 접속 접근"
        " 차단되었습니다 차단 제한되었습니다 제한 거부되었습니다 거부 금지 되었습니다 됩니다 잠시만 잠시 다시 시도 시스템 서버 사이트 홈페이지 점검 중입니다 중 안내"
        " 일시적으로 사용 쿠키 동의 허용 브라우저 자바스크립트 정기 불가 권한이 권한 글을 읽을 보실 볼 기다려 사용합니다 사용하고 개인정보 보호 처리 를 을 이 가 는 은 의 에 으로 로 및 후에",
    ),
    "ja": (
        r"ログイン|サインイン|会員|メンテナンス|ロボット|人間|アクセスが?(?:拒否|制限|禁止)|セキュリティ|認証|お待ち|一時的|cookie|クッキー|混み合|混雑",
        "ログイン サインイン して ください が 必要です 必要 会員登録 会員限定 会員 限定 専用 登録 ページ コンテンツ サービス サイト です ただいま 現在 システム サーバー"
        " メンテナンス 作業中 実施中 中 のため ロボット では ない なく こと を 確認しています 確認します 確認して 確認中 確認 人間 あなた アクセス 拒否 制限 禁止 されました されています"
        " され ました セキュリティ チェック 認証 お待ちください しばらく 少々 一時的に ご利用 利用 いただけません できません 停止 しております しています クッキー cookie 有効 に"
        " ブラウザ 混み合って 混雑 います は の と お客様 閲覧 する には ございます 使用しています 使用します 使用",
    ),
    "zh": (
        r"登录|登錄|登入|验证|驗證|真人|机器人|機器人|频繁|頻繁|繁忙|维护|維護|拒绝|拒絕|受限|禁止|稍后|稍後|暂时|暫時|会员|會員|cookie|javascript",
        "请先 請先 请 請 您 你 需要 需 登录 登錄 登入 注册 註冊 账号 帳號 后 後 才能 才可 可 查看 浏览 瀏覽 访问 訪問 继续 繼續 阅读 閱讀 用户 用戶 会员 會員 专享 专区 验证码 验证 驗證"
        " 安全 人机 人機 滑块 身份 完成 正在 是否 是 不是 我 为 為 真人 机器人 機器人 过于 過於 太 频繁 頻繁 请求 請求 拒绝 拒絕 受限 异常 異常 禁止 系统 系統 网站 網站 服务器 伺服器"
        " 繁忙 维护 維護 升级 中 稍后 稍後 再试 再試 重试 暂时 暫時 无法 無法 使用 服务 服務 不可用 启用 啟用 开启 浏览器 瀏覽器 检查 检测 檢查 cookie cookies javascript 的 本 该 此"
        " 页面 頁面 内容 內容 被 已 权限 以 并 和 进行 接受 确认 確認",
    ),
}
#: what bot walls leave in a page of hardly any text
WALL_SCRIPTS = (
    rb"_cf_chl|challenge-platform|cdn-cgi/challenge|within\.website|anubis_challenge|__ddg|ddos-guard|sucuri_cloudproxy"
    rb"|_incapsula_|awswaf|aws-waf|captcha|perimeterx|px-captcha|datadome|kasada|akamai.{0,20}bot|turnstile|hcaptcha"
    rb"|support id|incident id|reference (?:id|#|number)|ray id|event id|request id|requestid|transaction id|block id"
)
#: whole parts of a path, or of a host's name, at which readers are asked who they are or what they agree to
GATE_PATHS = re.compile(
    r"(?:(?:user|member|account|site|web|my|portal|customer|client|wp)s?[-_.]?)?(?:log|sign)[-_]?(?:in|on)s?(?:\.\w+)?|sso|auth[nz]?"
    r"|authenti\w+|authoriz\w+|oauth2?|openid(?:-connect)?|saml2?|idp|cas|shibboleth[\w.]*|wayf|openathens|adfs|accounts?"
    r"|consent|cookie[-_]?(?:wall|consent|check|absent|required)|cookieabsent|gdpr|captcha|challenge|bot[-_]?check|verify(?:[-_]human)?"
    r"|unauthori[sz]ed|access[-_]?denied|forbidden|maintenance|anmelden|anmeldung|einloggen|connexion|acceso|ingresar|accedi"
    r"|age[-_]?(?:gate|verification|check)|validate[-_]?user|paywall|passport|keycloak|realms|logowanie|inloggen|login[-_]?\w*"
    r"|cdn-cgi|waf|sorry|subscri(?:be|ption)s?|(?:privacy|consent|cookies?|gdpr|pay|meter|member|reg(?:istration)?|login)[-_]?(?:gate|wall)",
    re.IGNORECASE,
)
#: parameters that hold the address to which a gate lets readers back
RETURN_PARAMETERS = re.compile(
    r"(?:[\w-]*(?:return|redirect|continue|callback|goto|dest(?:ination)?|relaystate|came_?from|referr?er|back|next|forward)[\w-]*"
    r"|service|target|done|origin(?:al)?_?(?:url|uri|path)?|success_?url|retpath|rd|ru)",
    re.IGNORECASE,
)
#: parameters that may do so, or only tell where a reader came from: they count at an address with one of these words
WEAK_RETURN_PARAMETERS = re.compile(r"from|u|ur[li]|r|p|path|page|location|to", re.IGNORECASE)
GATE_WORDS = re.compile(
    r"subscri(?:be|ption)s?|privacy|consent|cookies?|(?:pay|meter|reg)wall|regist(?:er|ration)|signup|offers?|premium"
    r"|purchase|checkout|disclaimer|verify|captcha",
    re.IGNORECASE,
)
