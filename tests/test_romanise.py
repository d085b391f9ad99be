"""Romanisation: any script into Latin letters, and a key in which schemes meet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import text
from sanctionscreen.text.abjads import consonants, is_unvowelled, reads_as, skeletons, vowelled
from sanctionscreen.text.cantonese import cantonese, han_readings, wade_giles
from sanctionscreen.text.lexicon import Word, describe
from sanctionscreen.text.names import take_apart
from sanctionscreen.text.romanise import language, romanise, sound


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Щербаков", "shcherbakov"),
        ("Объём", "obem"),
        ("Юлия Цой", "yuliya tsoy"),
        ("Гліб Євтушенко", "hlib yevtushenko"),
        ("Рыгор Каўняр", "ryhor kaunyar"),
        ("Қазақ мұнай", "qazaq munay"),
        ("Бишкек Өнөр Жай", "bishkek onor jay"),  # Kyrgyz
        ("Тоҷикистон", "tojikiston"),
        ("Ўзбекистон Жиззах", "ozbekiston jizzakh"),  # Uzbek: и beside ў, which Belarusian has not
        ("България Щит", "balgariya shtit"),
        ("Београд Ђорђе", "beograd djordje"),
        ("Гоце Делчев Ќе", "goce delcev ke"),  # Macedonian
        ("深圳", "shenzhen"),
        ("大疆创新", "dajiangchuangxin"),
        ("Αθήνα", "athina"),
        ("Şti. Çelik", "sti. celik"),
        ("Łódź", "lodz"),
        ("Θεσσαλονίκη", "thessaloniki"),
        ("Εύβοια", "evvoia"),
        ("Μπουμπουλίνα", "boumpoulina"),
        ("თბილისი", "tbilisi"),
        ("ქუთაისი", "kutaisi"),
        ("Երևան", "yerevan"),
        ("Գյումրի", "gyumri"),
        ("서울", "seoul"),
        ("종로", "jongno"),
        ("독립문", "dongnimmun"),
        ("トウキョウ", "tokyo"),
        ("ほっかいどう", "hokkaido"),
        ("القاهرة", "alqahra"),
        ("حیفا", "hifa"),
        ("תל אביב", "tl aviv"),
    ],
)
def test_each_script_has_its_latin_form(written: str, latin: str) -> None:
    """Cyrillic by the system of its language, Chinese by pinyin, Korean as it is spoken, the rest letter by letter."""
    assert romanise(written) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tekhkrim", "tehkrim"),  # kh, h
        ("tsirulnik", "cirulnik"),  # ц as ISO 9 writes it
        ("yuliya", "iuliia"),
        ("shcherbakov", "scherbakov"),
        ("aleksey", "alexei"),
        ("dmitriy", "dmitrij"),
        ("vorobyov", "vorobev"),
        ("sergeyevich", "sergeevich"),
        ("wladimir", "vladimir"),
        ("filipp", "philip"),
        ("serguei", "sergey"),
        ("yevgeny", "evgenii"),
        ("kiriyenko", "kirienko"),
        ("iwanowytsch", "ivanovych"),
        ("kowalczuk", "kovalchuk"),
        ("szewczenko", "shevchenko"),
        ("djokovic", "dzhokovic"),
        ("mahmood", "mahmud"),
    ],
)
def test_schemes_meet_in_the_sound_key(one: str, other: str) -> None:
    """One Russian letter, two schemes, one key."""
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chan", "han"),
        ("dajiang", "daiyang"),
        ("sun", "shun"),
        ("petrov", "petrova"),
        ("gorin", "zorin"),
        ("youzhen", "yuzhen"),
        ("junyou", "junyu"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    """Variants of one letter meet; different letters do not."""
    assert sound(one) != sound(other)


def _heard(written: str) -> set[str]:
    """All sounds of a name of one word."""
    words = take_apart(written, "ship").words
    assert len(words) == 1, words
    return _sounds(words[0])


def _sounds(word: Word) -> set[str]:
    return {word.sound, *map(sound, word.other)}


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("уладзімір каўняр", "be"),
        ("володимир їжак", "uk"),
        ("жамол ғуломов ҳасан", "uz"),
        ("тоҷик ӯ", "tg"),
        ("қазақстан", "kk"),
        ("мүлк өнөр", "ky"),
        ("ђорђевић", "sr"),
        ("љубљана", "sr"),
        ("ќерка", "mk"),
        ("възраждане", "bg"),
        ("объём", ""),
        ("подъезд", ""),
        ("иванов", ""),
    ],
)
def test_a_language_is_told_by_letters_that_only_it_has(text: str, of: str) -> None:
    """The hard sign is a vowel in Bulgarian only; nothing tells where a plain Ivanov is from."""
    assert language(text) == of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Гагарин", "Haharyn"),  # the name as Ukrainian
        ("Григоренко", "Hryhorenko"),
        ("Грищенко", "Hryshchenko"),
        ("Гончарук", "Goncharuk"),
        ("Харків", "Kharkiv"),
        ("Жапаров", "Japarov"),  # Kyrgyz
        ("Джабаров", "Jabarov"),
        ("Щедрин", "Shtedrin"),  # Bulgarian
        ("Чубаров", "Cubarov"),  # č without its hook
        ("Живковић", "Zhivkovich"),
        ("Живковић", "Zivkovic"),
        ("Живковић", "Živković"),
        ("Галаванаў", "Halavanov"),  # Belarusian ending
        ("Лукашэнка", "Lukashenko"),
        ("Zhukov", "Jukov"),
        ("Zhukov", "Schukow"),
        ("Zhukov", "Žukov"),
        ("Chruschtschow", "Khrushchov"),
        ("Hruscev", "Khrushchev"),
        ("Chodorkowski", "Khodorkovsky"),
        ("Kusnezow", "Kuznetsov"),
        ("Kuznecow", "Kuznetsov"),
        ("Kuznecov", "Kuznetsov"),
        ("Tschaikowskij", "Tchaikovsky"),
        ("Smirnoff", "Smirnov"),
        ("Poutine", "Putin"),
        ("Iouchtchenko", "Yushchenko"),
        ("Kravtchouk", "Krawtschuk"),
        ("Semjonow", "Semenov"),
        ("Soloviov", "Solovyov"),
        ("Petrovitj", "Petrovich"),  # Swedish
        ("Tsjekhov", "Chekhov"),  # Dutch
        ("Ivanovs", "Ivanov"),  # Latvian
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Mueller", "Muller"),
        ("Gößner", "Goessner"),
        ("Århus", "Aarhus"),
        ("Møller", "Moeller"),
        ("Şimşek", "Shimshek"),
        ("Yıldız", "Yildiz"),
        ("Əliyev", "Aliyev"),
        ("Quliyev", "Kuliyev"),
        ("Σταύρος", "Stavros"),
        ("Χάρης", "Haris"),
        ("Μπάμπης", "Babis"),
        ("Πετρόπουλος", "Petropulos"),
        ("Ջավախեթ", "Javakhet"),
        ("Պետրոս", "Bedros"),
        ("ჯავახიშვილი", "Dzhavakhishvili"),
        ("ჯავახიშვილი", "Javakhishvili"),
        ("박", "Park"),
        ("이", "Lee"),
        ("이", "Ri"),
        ("おおさか", "Osaka"),
        ("Abdurrahman", "Abdelrahman"),
        ("Noureddine", "Nuraddin"),
    ],
)
def test_spellings_of_one_name_meet_in_a_reading(one: str, other: str) -> None:
    """What another language or habit makes of the same name is one of its readings."""
    assert _heard(one) & _heard(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Громов", "Шромов"),
        ("Zhukov", "Shukov"),
        ("Чернов", "Zernov"),
        ("Чехов", "Шехов"),
        ("Ivanov", "Ivanova"),
        ("Machine", "Makhine"),
        ("Martin", "Martyan"),
        ("Samuel", "Samul"),
        ("Boeing", "Boing"),
        ("Schmidt", "Zhmidt"),
        ("Jordan", "Zhordan"),
        ("Chicago", "Khicago"),
        ("Passau", "Passov"),
        ("Πέτρου", "Παύλου"),
        ("김", "Gam"),
        ("박", "Baek"),
        ("Abdurrahman", "Abdurrahim"),
        ("Noureddine", "Noureddina"),
    ],
)
def test_look_alikes_do_not_meet_in_a_reading(one: str, other: str) -> None:
    """Readings are those of Slavic endings, umlauts and the like; other words keep their letters."""
    assert not _heard(one) & _heard(other)


def test_an_ordinary_word_has_no_other_readings() -> None:
    """Each reading is looked for in the index, so most words must have none."""
    assert [describe(word).other for word in ("siemens", "trading", "завод", "shenzhen")] == [(), (), (), ()]


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўқњ", min_size=1, max_size=20))
def test_readings_are_few_latin_and_different(word: str) -> None:
    """At most four, each another sound."""
    described = describe(word)
    assert all(reading.isascii() for reading in described.other)
    assert len(described.other) <= 4
    assert len(_sounds(described)) == len(described.other) + 1


@pytest.mark.parametrize(
    ("han", "spelling"),
    [
        ("黃", "wong"), ("陳", "chan"), ("陈", "chan"), ("國榮", "kwokwing"), ("華興", "wahhing"), ("利達", "leetat"),
        ("發昌", "fatcheong"), ("張", "cheung"), ("吳", "ng"), ("謝", "tse"), ("司徒", "szeto"), ("九龍", "kowlung"),
        ("荃灣", "tsuenwan"), ("深水埗", "shamshuipo"), ("上環", "sheungwan"), ("元朗", "yuenlong"), ("永安", "wingon"),
    ],
)  # fmt: skip
def test_hong_kong_spells_cantonese(han: str, spelling: str) -> None:
    """Streets, stations and family names of Hong Kong, in traditional and simplified characters."""
    assert spelling in cantonese(han)


@pytest.mark.parametrize(("han", "spelling"), [("黃", "wang"), ("陳", "chen"), ("張", "zhang"), ("林", "lin")])
def test_mandarin_is_no_cantonese(han: str, spelling: str) -> None:
    """The two readings stay apart."""
    assert spelling not in cantonese(han)


def test_cantonese_needs_every_character_and_stays_short() -> None:
    """A character without a reading leaves the name without one; long runs are no brands."""
    assert cantonese("々") == cantonese("") == cantonese("華" * 7) == ()
    assert len(cantonese("石志書雪")) == 4


@pytest.mark.parametrize(
    ("pinyin", "taiwan"),
    [("xin zhu", "hsinchu"), ("gao xiong", "kaohsiung"), ("tai bei", "taipei"), ("zhang", "chang"), ("cai", "tsai"),
     ("guo", "kuo"), ("xu", "hsu"), ("qiu", "chiu"), ("zeng", "tseng"), ("jian", "chien"), ("luo dong", "lotung")],
)  # fmt: skip
def test_taiwan_spells_mandarin_by_wade_giles(pinyin: str, taiwan: str) -> None:
    """Cities and family names of Taiwan."""
    assert wade_giles(pinyin.split()) == taiwan


def test_readings_of_chinese_are_those_of_hong_kong_and_taiwan() -> None:
    """Pinyin itself is not among them."""
    assert han_readings("蔡", ["cai"]) == ("choi", "tsoi", "tsai")
    assert "lyu" in han_readings("吕", ["lu"])
    assert "lyu" not in han_readings("鲁", ["lu"])


_ARABIC = [
    ("محمد", "Muhammad"), ("محمد", "Mohamed"), ("أحمد", "Ahmed"), ("حسين", "Hussein"), ("حسین", "Hosseyn"),
    ("حسن", "Hassan"), ("قاسم", "Qasim"), ("قاسم", "Kassem"), ("قاسم", "Ghasem"), ("ظافر", "Dhafer"), ("ظافر", "Zafer"),
    ("جواد", "Jawad"), ("جواد", "Javad"), ("عثمان", "Othman"), ("عثمان", "Osman"), ("فاطمة", "Fatima"), ("فاطمه", "Fatemeh"),
    ("مصطفى", "Moustafa"), ("يوسف", "Youssef"), ("إبراهيم", "Ebrahim"), ("سعيد", "Saeed"), ("طهران", "Tehran"),
    ("طه", "Taha"), ("رضا", "Reza"), ("رضا", "Ridha"), ("پرویز", "Parviz"), ("جمال", "Gamal"), ("داود", "Dawood"),
    ("داود", "Davud"), ("صالح", "Salih"), ("عبد", "Abd"), ("الرحمن", "Rahman"), ("الرحمن", "Arrahman"), ("مُحَمَّد", "Mehammed"),
    ("عبدالرحمن", "Abdurrahman"), ("عبدالرحمن", "Abdelrahman"), ("نورالدين", "Noureddine"), ("رحمتالله", "Rahmatullah"),
    ("יוסף", "Yosef"), ("דוד", "David"), ("משה", "Moshe"), ("שרה", "Sarah"), ("יצחק", "Yitzhak"), ("ירושלים", "Yerushalayim"),
    ("الأزهر", "Azhar"), ("إسحاق", "Ishaq"), ("أدهم", "Adham"), ("مدحت", "Medhat"),
]  # fmt: skip


@pytest.mark.parametrize(("native", "latin"), _ARABIC)
def test_a_word_without_vowels_reads_as_its_spellings(native: str, latin: str) -> None:
    """Common given names and cities, as one country or another romanises them; the skeleton finds them."""
    written = take_apart(native, "ship").words[0].native
    assert is_unvowelled(written)
    assert reads_as(written, latin.casefold())
    assert consonants(written) in skeletons(latin.casefold())


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("حسين", "hassan"), ("حسن", "hussein"), ("محمد", "ahmed"), ("محمود", "muhammad"), ("كريم", "karam"),
        ("سالم", "aslam"), ("علي", "alia"), ("سعيد", "saad"), ("جمال", "jamil"), ("خالد", "khalil"), ("حميد", "hamad"),
        ("سليم", "salam"), ("رشيد", "rashad"), ("דוד", "dan"), ("משה", "moses"), ("شيخ", "shah"), ("محمد", "محمد"),
    ],
)  # fmt: skip
def test_names_that_differ_in_what_is_written_do_not_read_alike(native: str, latin: str) -> None:
    """Long vowels and consonants are written, so they tell names apart."""
    assert not reads_as(native, latin)


def test_a_skeleton_has_few_letters_but_not_none_in_common() -> None:
    """Other consonants, another key."""
    assert consonants("mahmud") != consonants("mahmudin")
    assert consonants("karim") != consonants("salim")
    assert not is_unvowelled("karim")


@pytest.mark.parametrize(
    ("one", "other"),
    [("kassem", "qasim"), ("youssef", "yousif"), ("dhafer", "zafir"), ("hussein", "hosain"), ("khaled", "halid"),
     ("mohammad", "muhamad"), ("nadeem", "nadim"), ("fatimah", "fatima"), ("othman", "osman")],
)  # fmt: skip
def test_latin_spellings_of_arabic_meet_with_their_vowels(one: str, other: str) -> None:
    """What one reader of Arabic or another writes for one sound."""
    assert vowelled(one) == vowelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hassan", "hussein"),
        ("kamal", "gamal"),
        ("jamal", "jamil"),
        ("karim", "karam"),
        ("salim", "salam"),
        ("rashid", "rashad"),
    ],
)
def test_latin_spellings_of_other_arabic_names_do_not_meet(one: str, other: str) -> None:
    """Vowels tell these apart."""
    assert vowelled(one) != vowelled(other)


def test_names_keep_their_own_script() -> None:
    """A word in Arabic, Greek or Korean is compared as it is written before it is compared in Latin letters."""
    words = take_apart("شركة Ромашка Αθήνα 삼성전자", "ship").words
    assert {"ромашка", "αθηνα", "삼성전자"} <= {word.native for word in words}


def test_a_korean_name_written_as_one_is_divided() -> None:
    """The family name is the first syllable; names of companies are longer."""
    assert [word.native for word in take_apart("김민수", "ship").words] == ["김", "민수"]
    assert [word.native for word in take_apart("삼성전자").words] == ["삼성전자"]


@pytest.mark.parametrize("script", ["भारत इलेक्ट्रॉनिक्स", "บริษัท", "አዲስ አበባ"])
def test_scripts_without_a_table_become_latin_before_words_are_told_apart(script: str) -> None:
    """Their vowels are marks, which would part the words."""
    assert len(take_apart(script, "ship").words) == len(script.split())


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў ", max_size=30))
def test_cyrillic_leaves_no_letter_behind(text: str) -> None:
    """Every letter of the East Slavic alphabets has a Latin form."""
    assert romanise(text).isascii()


@given(st.text(max_size=40))
def test_any_text_becomes_small_latin_letters(text: str) -> None:
    """No text breaks it, and the result stays as it is."""
    latin = romanise(text)
    assert romanise(latin) == latin


def test_chinese_readings_are_imported_only_for_chinese() -> None:
    """pypinyin takes half a second to import; a run without Chinese names must not pay for it."""
    code = (
        "import sys; from sanctionscreen.matching import compare_names; compare_names('Ромашка', 'Romashka');"
        "print('pypinyin' in sys.modules, 'polars' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["False", "False"]


def test_the_readings_that_are_written_down_are_those_of_the_dictionary() -> None:
    """The table of the embedded lists is complete and current; `make docs` writes it again."""
    written = Path(text.__file__).with_name("readings.tsv").read_text(encoding="utf-8")
    script = Path(__file__).with_name("readings.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=True)
    assert written == done.stdout.decode("utf-8")
