"""Romanisation: any script into Latin letters, and a key in which schemes meet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import text
from sanctionscreen.text.romanise import romanise, sound


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Щербаков", "shcherbakov"),
        ("Объём", "obem"),
        ("Юлия Цой", "yuliya tsoy"),
        ("Гліб Євтушенко", "hlib yevtushenko"),
        ("Рыгор Каўняр", "ryhor kaunyar"),
        ("Қазақ мұнай", "qazaq munay"),
        ("深圳", "shenzhen"),
        ("大疆创新", "dajiangchuangxin"),
        ("Αθήνα", "athina"),
        ("Şti. Çelik", "sti. celik"),
        ("Łódź", "lodz"),
    ],
)
def test_each_script_has_its_latin_form(written: str, latin: str) -> None:
    """Russian, Ukrainian and Belarusian by their own systems, Chinese by pinyin, the rest letter by letter."""
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
    ],
)
def test_schemes_meet_in_the_sound_key(one: str, other: str) -> None:
    """One Russian letter, two schemes, one key."""
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("chan", "han"), ("dajiang", "daiyang"), ("sun", "shun"), ("petrov", "petrova"), ("gorin", "zorin")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    """Variants of one letter meet; different letters do not."""
    assert sound(one) != sound(other)


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
