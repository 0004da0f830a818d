"""The one table of languages: codes of BCP 47 and ISO 639-2, names of LaTeX's babel and polyglossia, names in words.

English names and those in the language itself are Unicode's (CLDR 47); codes are those of the two registries.
"""

from __future__ import annotations

import re
from functools import cache


def language_tags(text: str) -> tuple[str, ...]:
    """Return the code (BCP 47, without region) of each language that a value names; empty if one of them is unknown.

    `ko`, `ko-KR`, `ger`, `en_US`, `american`, `Korean`, `english and french`.
    """
    parts = [part for part in re.split(r"\s+and\s+|\s*[,;/&]\s*", text.strip(), flags=re.IGNORECASE) if part]
    tags = [_tag(part) for part in parts]
    return tuple(dict.fromkeys(tags)) if all(tags) else ()


def language_name(tag: str) -> str:
    """Return the English name of a language whose code the table has."""
    return _names()[tag]


def _tag(text: str) -> str:
    # biblatex has keys of its own for names of languages: langrussian
    spaced = re.search(r"\s", text.strip()) is not None
    word = re.sub(r"\s+", "_", text.casefold().replace("\\_", "_")).removeprefix("lang")
    primary = re.split(r"[-_]", word)[0]
    if spaced and len(primary) < 4:  # a word of a sentence, not a code: `In Korean` is not Indonesian (in)
        primary = ""
    return _tags().get(word) or _tags().get(word.replace("_", "")) or _tags().get(primary, "")


@cache
def _tags() -> dict[str, str]:
    tags: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        names, _, name = line.partition(": ")
        tag, *others = names.split()
        for word in (tag, *others, name.casefold().replace(" ", "_")):
            tags.setdefault(word, tag)
    return tags


@cache
def _names() -> dict[str, str]:
    rows = (line.partition(": ") for line in _TABLE.strip().splitlines())
    return {names.split()[0]: name for names, _, name in rows}


_TABLE = """
ab abk: Abkhazian
aa aar: Afar
af afr: Afrikaans
ak aka: Akan
akk: Akkadian
sq sqi alb shqip: Albanian
am amh አማርኛ: Amharic
egy: Ancient Egyptian
grc ancientgreek classicalgreek: Ancient Greek
ar ara العربية: Arabic
an arg: Aragonese
hy hye arm հայերեն: Armenian
as asm: Assamese
av ava: Avaric
ae ave: Avestan
ay aym: Aymara
az aze azeri azərbaycan: Azerbaijani
bm bam: Bambara
bn ben bengali বাংলা: Bangla
ba bak: Bashkir
eu eus baq euskara: Basque
be bel беларуская: Belarusian
bh: Bhojpuri
bi bis: Bislama
bs bos bosanski: Bosnian
br bre brezhoneg: Breton
bg bul български: Bulgarian
my mya bur: Burmese
yue: Cantonese
ca cat català: Catalan
ch cha: Chamorro
ce che: Chechen
zh zho chi chinese-hans chinese-hant chinese-simplified chinese-traditional mandarin 中文: Chinese
cu chu: Church Slavic
cv chv: Chuvash
cop: Coptic
kw cor: Cornish
co cos: Corsican
cr cre: Cree
hr hrv hrvatski: Croatian
cs ces cze čeština: Czech
da dan dansk: Danish
dv div: Divehi
nl nld dut nederlands: Dutch
dz dzo: Dzongkha
en eng american british usenglish ukenglish usmax canadian australian newzealand: English
eo epo: Esperanto
et est eesti: Estonian
ee: Ewe
fo fao: Faroese
fj fij: Fijian
fil: Filipino
fi fin suomi: Finnish
fr fra fre francais frenchb acadian canadien français: French
fur friulan: Friulian
ff ful: Fula
gl glg galego: Galician
lg lug: Ganda
ka kat geo ქართული: Georgian
de deu ger ngerman germanb austrian naustrian swissgerman nswissgerman germanaustria germanswitzerland deutsch: German
el ell gre polutonikogreek ελληνικά monogreek: Greek
gn grn: Guarani
gu guj: Gujarati
ht hat: Haitian Creole
ha hau: Hausa
he heb עברית: Hebrew
iw heb: Hebrew
hz her: Herero
hi hin हिन्दी: Hindi
ho hmo: Hiri Motu
hu hun magyar: Hungarian
is isl ice íslenska: Icelandic
io: Ido
ig ibo: Igbo
id ind bahasa bahasai indon indonesia: Indonesian
in ind: Indonesian
ia ina: Interlingua
ie ile: Interlingue
iu iku: Inuktitut
ik ipk: Inupiaq
ga gle gaeilge: Irish
it ita italiano: Italian
ja jpn 日本語: Japanese
jv jav: Javanese
jw jaw: Javanese
kl kal: Kalaallisut
kn kan: Kannada
kr kau: Kanuri
ks kas: Kashmiri
kk kaz қазақ_тілі: Kazakh
km khm ខ្មែរ: Khmer
ki kik: Kikuyu
rw kin: Kinyarwanda
kv kom: Komi
kg kon: Kongo
ko kor 한국어: Korean
kj kua: Kuanyama
ku kur kurmanji: Kurdish
ky kir: Kyrgyz
lo ລາວ: Lao
la lat classiclatin medievallatin ecclesiasticlatin: Latin
lv lav latviešu: Latvian
li lim: Limburgish
ln lin: Lingala
lzh: Literary Chinese
lt lit lietuvių: Lithuanian
nds: Low German
dsb lsorbian lowersorbian sorbian-lower: Lower Sorbian
lu lub: Luba-Katanga
lb ltz: Luxembourgish
mk mkd mac македонски: Macedonian
mg mlg: Malagasy
ms msa may bahasam melayu meyalu: Malay
ml mal: Malayalam
mt mlt: Maltese
gv glv: Manx
mr mar मराठी: Marathi
mh mah: Marshallese
gmh: Middle High German
mn mon монгол: Mongolian
mi mri mao: Māori
na nau: Nauru
nv nav: Navajo
ng ndo: Ndonga
ne nep: Nepali
nd nde: North Ndebele
se sme: Northern Sami
no nor norsk: Norwegian
nb nob bokmål bokmal norsk_bokmål: Norwegian Bokmål
nn nno nynorsk norsk_nynorsk: Norwegian Nynorsk
ny nya: Nyanja
oc oci: Occitan
or ori: Odia
oj oji: Ojibwa
ang oldenglish: Old English
fro: Old French
goh: Old High German
non: Old Norse
om orm: Oromo
os oss: Ossetic
pi pli: Pali
ps pus: Pashto
fa fas per farsi فارسی: Persian
pl pol polski: Polish
pt por portuges brazilian brazil português: Portuguese
pa pan: Punjabi
qu que: Quechua
mo mol: Romanian
ro ron rum română: Romanian
rm roh rumantsch: Romansh
rn run: Rundi
ru rus русский: Russian
sm smo: Samoan
sg sag: Sango
sa san संस्कृत_भाषा: Sanskrit
sc srd: Sardinian
gd gla scottishgaelic scottish gàidhlig: Scottish Gaelic
sr srp serbianc serbian-cyrillic serbian-latin српски: Serbian
sh srp: Serbo-Croatian
sn sna: Shona
ii iii: Sichuan Yi
sd snd: Sindhi
si sin: Sinhala
sk slk slo slovenčina: Slovak
sl slv slovene slovenščina: Slovenian
so som: Somali
nr nbl: South Ndebele
st sot: Southern Sotho
es spa castilian mexican spanishmx español: Spanish
sux: Sumerian
su sun: Sundanese
sw swa: Swahili
ss ssw: Swati
sv swe svenska: Swedish
gsw: Swiss German
syr: Syriac
tl tgl: Tagalog
ty tah: Tahitian
tg tgk: Tajik
ta tam தமிழ்: Tamil
tt tat: Tatar
te tel తెలుగు: Telugu
th tha ไทย: Thai
bo bod tib བོད་སྐད་: Tibetan
ti tir: Tigrinya
to ton: Tongan
ts tso: Tsonga
tn tsn: Tswana
tr tur türkçe: Turkish
tk tuk türkmen_dili: Turkmen
tw: Twi
uk ukr українська: Ukrainian
hsb usorbian uppersorbian sorbian-upper: Upper Sorbian
ur urd اردو: Urdu
ug uig: Uyghur
uz uzb: Uzbek
ve ven: Venda
vi vie tiếng_việt: Vietnamese
vo vol: Volapük
wa wln: Walloon
cy cym wel cymraeg: Welsh
fy fry: Western Frisian
wo wol: Wolof
xh xho: Xhosa
ji yid: Yiddish
yi yid: Yiddish
yo yor: Yoruba
za zha: Zhuang
zu zul: Zulu
"""
