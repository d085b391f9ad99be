"""`goods`: a description and a code explained, and the lists shown; at the command line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from builders import ROOT
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.goods import classify, load_goods, parse_hs
from sanctionscreen.report.console import console
from sanctionscreen.report.goods_sheet import GoodsAnswer, code_words, marked, print_goods, tier_words
from sanctionscreen.watchlist import load_seeds

EXAMPLE = str(ROOT / "examples" / "my_goods.yml")
HELMETS = "3000 pcs airsoft helmets, aramid"
GOODS = load_goods()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """Runs a command; its exit code and what it printed, on one line."""

    def answer(*arguments: str) -> tuple[int, str]:
        code = run(["goods", *arguments])
        captured = capsys.readouterr()
        return code, " ".join((captured.out + captured.err).split())

    return answer


@pytest.fixture
def facts(capsys: pytest.CaptureFixture[str]):
    """Runs a command with --json; what it holds."""

    def answer(*arguments: str):
        assert run(["goods", *arguments, "--json"]) == ExitCode.DONE
        return json.loads(capsys.readouterr().out)

    return answer


def answer_to(text: str | None, hs: str | None = None) -> GoodsAnswer:
    return GoodsAnswer(text, hs, None, classify(text, hs, lists=GOODS), parse_hs(hs), GOODS, load_seeds().documents)


def shown(text: str | None, hs: str | None = None) -> str:
    stream = io.StringIO()
    print_goods(console(stream), answer_to(text, hs))
    return stream.getvalue()


def test_a_text_is_explained_without_naming_a_command(said) -> None:
    """`goods TEXT`: what it is, why, where it says so, and which documents name such goods."""
    code, out = said(HELMETS, "--hs", "6506.10")
    assert code == ExitCode.DONE
    assert out.startswith(f"'{HELMETS}' under code 6506.10: helmets")
    for expected in (
        "controlled yes",
        "contradiction no",
        "vague no",
        "HS code 650610, edition not known",
        "priority list not listed",
        "code and text agree on helmets",
        "helmets: Helmets (often declared as airsoft)",
        "named in FT23-05",
    ):
        assert expected in out, expected


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["--hs", "8542.31", "chips"], "'chips' under code 8542.31: microelectronics"),
        (["--hs", "8542.31"], "code 8542.31: microelectronics"),
        (["explain", "list"], "'list': no category"),
        (["--", "list"], "'list': no category"),
        (["--", "--hs"], "'--hs': no category"),
        (["Список дронов"], "'Список дронов': drones"),
        (["  drones  "], "'drones': drones"),
        (["list"], "false category codes"),
        (["list", "drones"], "drones: Drones"),
        (["list", "Drone-Engines"], "drone_engines: Drone"),
        (["list", "CHPL"], "Common High Priority List"),
    ],
)
def test_the_first_word_decides(said, arguments: list[str], first: str) -> None:
    """What is no command is a description; a description that is a command's name stands behind `explain`."""
    code, out = said(*arguments)
    assert code == ExitCode.DONE
    assert out.startswith(first), out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([""], "there is nothing to read; give a TEXT, a code (--hs), or both"),
        (["--hs", " "], "there is nothing to read"),
        (["list", "dron"], "no category 'dron'; did you mean 'drones'?"),
        (["list", "\x1b[2J"], "no category"),
        (["drones", "--date", "2024-13-01"], "is no day of the calendar"),
        (["drones", "--goods", "no/such.yml"], "no/such.yml: no such goods file"),
        (["drones", "--goods", "."], "is no file that can hold a goods file"),
        (["drones", "and", "more"], "unexpected extra argument"),
        (["list", "--hs", "8542"], "No such option"),
        ([], "Usage"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_says_why(said, arguments: list[str], problem: str) -> None:
    """As with every command: a sentence that says what would be right, nothing obeyed, no traceback."""
    code, out = said(*arguments)
    assert code == ExitCode.UNUSABLE
    assert problem in out
    assert "\x1b" not in out


def test_faults_of_an_own_file_come_all_at_once(said, tmp_path: Path) -> None:
    """With their places; a file that cannot be read is no missing list of ours."""
    path = tmp_path / "own.yml"
    path.write_text("pack: {id: a1, version: 1}\nwat: 1\noverrides: [{id: x}]\n", encoding="utf-8")
    code, out = said("drones", "--goods", str(path))
    assert code == ExitCode.UNUSABLE
    assert f"{path}:2:1: unknown key 'wat'" in out
    assert f"{path}:3:14: no category 'x' to override" in out
    assert "4 faults in the goods files; nothing was loaded" in out
    path.write_bytes(b"\xff")
    assert said("drones", "--goods", str(path))[0] == ExitCode.UNUSABLE


def test_own_goods_count(said, facts) -> None:
    """`--goods` lays a file over the lists, for reading and for listing."""
    assert said("electrodynamic shaker")[1].startswith("'electrodynamic shaker': no category")
    _, out = said("electrodynamic shaker", "--hs", "9031.20", "--goods", EXAMPLE)
    assert out.startswith("'electrodynamic shaker' under code 9031.20: acme_vibration")
    assert out.endswith("With own goods: acme-goods 1.0.0")
    listed = said("list", "--goods", EXAMPLE)[1]
    assert "Vibration test systems (own: acme-goods)" in listed
    assert "acme-goods disables cars (trade compliance): we sell no cars" in listed
    shaker = said("list", "acme_vibration", "--goods", EXAMPLE)[1]
    assert "brought by acme-goods" in shaker
    assert "Named in Example Instruments, export manual, section 4.7" in shaker
    found = facts("list", "--goods", EXAMPLE)
    assert [one["id"] for one in found["categories"]][-1] == "acme_vibration"
    assert [pack["id"] for pack in found["packs"]] == ["acme-goods"]
    assert len(found["changes"]) == 3


def test_json_holds_the_fields_of_rules_and_the_same_reasons(facts) -> None:
    """Names as in the registry; reasons, places in the text, code, priority list, categories."""
    found = facts("DJI Mavic3", "--hs", "8525.80", "--date", "2021-03-01")
    assert found["goods"] == {
        "goods.hs6": "852580",
        "goods.hs4": "8525",
        "goods.hs_edition": "2017",
        "goods.hs_quality": "ok",
        "goods.chpl_tier": None,
        "goods.categories": ["drones"],
        "goods.text_categories": ["drones"],
        "goods.controlled": True,
        "goods.contradiction": False,
        "goods.neighbour_code": False,
        "goods.vague": False,
    }
    assert found["date"] == "2021-03-01"
    assert any("is only partly 852589" in sentence for sentence in found["evidence"])
    assert [(one["hs6"], one["tier"]) for one in found["priority"]] == [("852589", "3.A")]
    assert found["categories"][0]["id"] == "drones"
    assert found["code"]["hs6"] == "852580"
    assert found["fingerprint"] == GOODS.fingerprint
    text = "DJI Mavic3"
    assert {text[span["start"] : span["end"]] for span in found["spans"]} >= {"DJI"}


def test_a_category_in_full(said, facts) -> None:
    """Codes, terms, false friends, disguises, hints and citations, for people and for programs."""
    _, out = said("list", "drones")
    for expected in (
        f"fingerprint {GOODS.categories['drones'].fingerprint}",
        "880622 >250 g to 7 kg",
        "850131 DC motors 37.5-750 W (shared: counts with the text only)",
        "quadcopter",
        "беспилотник",
        "live bees: bee, drone bee",
        "9503: a term that names the goods contradicts it",
        "ECCN: 9A012",
        "000 China cuts key equipment shipments",
    ):
        assert expected in out, expected
    found = facts("list", "drones")
    assert {"hs6": "880622", "desc": ">250 g to 7 kg", "alone": True} in found["codes"]
    assert "quadcopter" in found["strong"]
    assert found["false_friends"][0]["means"] == "live bees"


def test_the_priority_list_with_what_is_known_of_its_dates(said, facts) -> None:
    """Fifty codes with tier, date or range, hints and confidence."""
    _, out = said("list", "chpl")
    assert "since 2023-05-19" in out
    assert "50 codes" in out
    codes = facts("list", "chpl")["codes"]
    assert len(codes) == 50
    assert codes[0]["since"] == {"earliest": "2023-05-19", "latest": "2023-05-19", "confidence": "high"}


@pytest.mark.parametrize(
    ("hs", "words", "tier"),
    [
        (None, "none given", "not known"),
        ("8542.31", "854231, edition not known", "tier 1"),
        ("8542.31.9000", "the first six digits of 8542319000", "tier 1"),
        ("101210000", "read as 0101210000", "not listed"),
        ("8542", "not readable (short)", "not known"),
        ("microchips", "not readable (invalid)", "not known"),
        ("8525.80", "852580, HS2017", "tier 3.A is possible"),
    ],
)
def test_the_code_is_said_as_it_was_read(hs: str | None, words: str, tier: str) -> None:
    """Six digits, edition, repairs; where it could not be read, why."""
    answer = answer_to("goods", hs)
    assert words in code_words(answer)
    assert tier_words(answer) == tier


def test_what_is_written_is_shown_and_not_obeyed() -> None:
    """Control characters and marks that turn the direction become numbers; brackets are no markup."""
    said = shown("drones \x1b[2J [bold]\u202e")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "drones <1b>[2J [bold]<202e>" in said


def test_marks_stand_at_their_places() -> None:
    """The text is whole, whatever is marked in it; a false friend cancels visibly."""
    text = "drones and drone bees, Дроны 无人机"
    found = marked(text, classify(text, lists=GOODS).spans)
    assert found.plain == text
    styles = {found.plain[span.start : span.end]: str(span.style) for span in found.spans}
    assert styles


def test_a_text_of_any_length_is_read(said) -> None:
    """A page is answered in a few lines; what was not read is said."""
    code, out = said("drones and carpets " * 6_000)
    assert code == ExitCode.DONE
    assert "only the first" in out
    assert len(out) < 20_000


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("arguments", [[HELMETS, "--hs", "6506.10"], ["list"], ["list", "drones"], ["list", "chpl"]])
def test_it_fits_the_window(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str, arguments: list[str]
) -> None:
    """No line is wider, no id of a category is folded."""
    monkeypatch.setenv("COLUMNS", width)
    assert run(["goods", *arguments]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= int(width)
    if arguments == ["list"]:
        assert set(GOODS.categories) <= {line.split()[0] for line in lines if line.strip()}


def test_a_screening_with_own_goods_says_what_they_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`screen` and `explain` take `--goods` too; the own file is no target for the result."""
    path = tmp_path / "in.csv"
    path.write_text("Consignee,Description,HS code\nSynthetic Appliances,shaker tables,9031.20\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run(["screen", str(path), "-o", str(out), "--goods", EXAMPLE]) == ExitCode.DONE
    said = " ".join(capsys.readouterr().out.split())
    assert "Note: goods: acme-goods disables cars (trade compliance): we sell no cars" in said
    with_own = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert run(["screen", str(path), "-o", str(out)]) == ExitCode.DONE
    without = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert with_own["fingerprints"]["lists"] != without["fingerprints"]["lists"]
    assert run(["explain", str(path), "--row", "1", "--goods", EXAMPLE]) == ExitCode.DONE
    assert run(["screen", str(path), "-o", EXAMPLE, "--goods", EXAMPLE]) == ExitCode.UNUSABLE
    assert run(["screen", str(path), "-o", str(out), "--goods", "none.yml"]) == ExitCode.UNUSABLE


def test_help_loads_nothing_that_is_not_needed() -> None:
    """The lists, and what reads them, are loaded when a command runs."""
    code = (
        "import sys; from sanctionscreen.cli import run; run(['goods', 'list', '--help'])\n"
        "print('LOADED', *sorted({'polars', 'rich', 'yaml', 'sanctionscreen.screening', 'sanctionscreen.goods'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "LOADED"
