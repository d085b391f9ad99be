"""Packs made in error or in malice: each is refused whole, with place and remedy, before it costs anything."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Screener
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.model import NamedList
from sanctionscreen.rules import load_rules, run_tests

LISTS = {
    "geo.diversion": NamedList("geo.diversion", "country", ("KZ", "KG"), "a published alert", "2022-06-28"),
    "chpl.tier_1": NamedList("chpl.tier_1", "hs", ("854231",), "a published list", "2024-02-23"),
}
HEAD = "pack: {id: bad, version: 1}\n"
RULE = """rules:
  - id: SYN-GDS-001
    title: T
    status: experimental
    version: 1
    level: medium
    group: goods
    weight: 15
    why: W
    references: [{text: an alert of 2023}]
    when: %s
    tests: []
"""
GOOD = "{goods.vague: true}"
PATIENCE_S = 5  # of the processor's time: a second is the aim, and machines differ


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """No pack here may cost more than a moment."""
    start = time.process_time()
    yield
    assert time.process_time() - start < PATIENCE_S


def rule(when: str) -> str:
    return RULE % when


def faults_of(path: Path) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([path], LISTS)
    return [str(fault).removeprefix(f"{path.parent}/") for fault in caught.value.exceptions]


def refused(folder: Path, text: str | bytes) -> list[str]:
    path = folder / "bad.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return faults_of(path)


EVERY_FAULT = """pack: {id: bad, version: 1}
lists:
  own.few: {kind: number, values: [3, some], citation: ours}
rules:
  - id: BAD-001
    title: T
    status: experimental
    version: 1
    level: hihg
    group: goods
    wieght: 15
    weight: 96
    why: W
    references: []
    when:
      dest_country: KZ
      destination.contry: KZ
      goods.hs_code|starts_with: '85'
      goods.value|gt: many
      destination.country: $geo.divertion
      goods.value|prefix: 1
      goods.description|re: '(?=foo)bar'
      destination.country: KZ
      party_hits|any: {scor: 1}
      goods.eccn|prefix: $chpl.tier_1
      place.occupied: maybe
      shipment.date|gt: 03/04/2024
      expr: "goods.value > shipment.date"
    tests:
      - {name: t, record: {goods.quantty: 5}, expect: hits}
  - id: bad-2
    title: T
    when: {expr: "open('x')"}
exceptions:
  - {id: EX-1, rules: [BAD-009], when: {goods.vague: true}, reason: r, approved_by: b}
"""


def test_every_fault_of_a_pack_is_said_at_once_where_it_stands(tmp_path: Path) -> None:
    """File, line and column, what is wrong, and what would be right."""
    found = refused(tmp_path, EVERY_FAULT)
    for place, *parts in (
        ("3:39", "'some' is no number"),
        ("9:5", "'level' of rule 'BAD-001' is 'hihg'; did you mean 'high'?"),
        ("11:5", "unknown key 'wieght' in rule 'BAD-001'; did you mean 'weight'?"),
        ("12:5", "write a number from 0 to 95"),
        ("5:5", "rule 'BAD-001' needs at least one reference"),
        ("16:7", "unknown field 'dest_country'"),
        ("17:7", "unknown field 'destination.contry'; did you mean 'destination.country'?"),
        ("18:7", "unknown modifier 'starts_with' on field 'goods.hs_code'; write goods.hs_code|prefix"),
        ("19:23", "goods.value: 'many' is no number"),
        ("21:7", "modifier 'prefix' does not apply to field 'goods.value' (type money); use one of: eq, ne"),
        ("22:29", "'(?' is not allowed: spell classes out"),
        ("23:7", "duplicate key 'destination.country', first at line 20; keep one of them"),
        ("24:24", "unknown field 'scor'; did you mean 'score'?"),
        ("25:26", "list '$chpl.tier_1' holds hs values; 'goods.eccn' is of type code"),
        ("26:23", "place.occupied|eq takes true or false"),
        ("27:25", "could be two days"),
        ("28:", "expr: cannot compare 'goods.value' (money) with 'shipment.date' (date)"),
        ("30:43", "unknown field 'goods.quantty'; did you mean 'goods.quantity'?"),
        ("30:47", "'expect' of test is 'hits'; did you mean 'hit'?"),
        ("31:5", "must look like RU-GDS-001"),
        ("31:5", "needs the key 'weight'"),
        ("33:", "'open' is not part of the language; use one of: abs, coalesce"),
        ("35:24", "no rule 'BAD-009'; did you mean 'BAD-001'?"),
        ("35:5", "exception needs the key 'expires'"),
    ):
        assert any(fault.startswith(f"bad.yml:{place}") and all(part in fault for part in parts) for fault in found), (
            place,
            parts,
            found,
        )


def test_an_unknown_list_gets_a_suggestion(tmp_path: Path) -> None:
    found = refused(tmp_path, HEAD + rule("{destination.country: $geo.divertion}"))
    assert found == ["bad.yml:12:33: unknown list '$geo.divertion'; did you mean 'geo.diversion'?"]


PROBES = (
    "().__class__.__bases__[0].__subclasses__()",
    "goods.value.__class__",
    "__import__('os').system('id')",
    "eval('1')",
    "exec('1')",
    "open('/etc/passwd').read()",
    "lambda: 1",
    "(x := 5) > 1",
    "goods.value ** 9 ** 9 ** 9 > 1",
    "f'{goods.value}' == '1'",
    "'a' * 1000000000 == goods.unit",
    "[x for x in goods.unit] == 1",
    "goods.unit[0] == 'k'",
    "goods.value if goods.vague else 1",
    "getattr(goods, 'value') > 1",
    "goods.value > 1; import os",
    "globals()['x'] > 1",
    "goods.value % 2 == 0",
    "1 < 2 < 3",
    "True",
    "goods.value > 1e999",
)


@pytest.mark.parametrize(
    "expression",
    [
        *PROBES,
        "goods.value > " + "9" * 400,
        "goods.value > " + "abs(" * 60 + "goods.value" + ")" * 60,
        "goods.value > " + "-" * 400 + "1",
        "goods.value > 1" + " + 1" * 110,
        "goods.value > 1" + " and goods.value > 1" * 60,
        "goods.value > 1j",
        "goods.value > b'1'",
        "goods.value is None",
        "goods.value > nan",
        "max(*goods.value) > 1",
        "abs(x=goods.value) > 1",
        "goods.value @ goods.value > 1",
        "goods.value // 2 > 1",
        "goods.value & 1 > 1",
        "~goods.value > 1",
        "goods.value > ...",
        "await goods.value",
        "yield",
        "goods.value > 1 # and goods.vague",  # the rest of the line would be lost
        "gооds.value > 1",  # two Cyrillic letters
        "ｇoods.value.__class__ > 1",  # Python folds the first letter to an ordinary g
        "",
        " ",
    ],
    ids=lambda text: text[:30].strip(),
)
def test_an_expression_outside_the_language_is_refused_with_its_place(tmp_path: Path, expression: str) -> None:
    """Nothing is executed, nothing is guessed: attributes, calls, powers, constants without a field, endless numbers."""
    written = expression.replace("\\", "\\\\").replace('"', '\\"')
    found = refused(tmp_path, HEAD + rule(f'{{expr: "{written}"}}'))
    assert len(found) == 1
    assert found[0].startswith("bad.yml:12:")


def many(form: str, count: int, between: str = ", ") -> str:
    return between.join(form.replace("#", str(i)) for i in range(count))


BOMBS = {
    "aliases": ('a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', "anchors and aliases are not allowed"),
    "alias alone": (HEAD + "lists: *x\n", "2:8: anchors and aliases are not allowed; write the value out"),
    "anchor alone": (HEAD + rule("&w {goods.vague: true}"), "12:11: anchors and aliases"),
    "merge key": (HEAD + rule("{<<: {goods.vague: true}}"), "12:12: merge keys (<<) are not allowed"),
    "tag": (HEAD + rule("!!python/object/apply:os.system {goods.vague: true}"), "12:11: the tag"),
    "second document": (HEAD + "---\n" + HEAD, "2:1: holds a second document"),
    "flow 3,000 deep": (HEAD + rule("{not: " * 3000 + GOOD + "}" * 3000), "is nested more than 40 deep"),
    "block 3,000 deep": (HEAD + "rules:\n- id: SYN-GDS-001\n  when:\n" + "".join(" " * (i + 3) + "not:\n" for i in range(3000)), "is nested more than 40 deep"),
    "lists 3,000 deep": (HEAD + "rules: " + "[" * 3000 + "]" * 3000, "is nested more than 40 deep"),
    "25 deep": (HEAD + rule("{not: " * 25 + GOOD + "}" * 25), "nested more than 20 deep"),
    "a million values": (HEAD + "lists: {own.l: {kind: code, citation: ours, values: [" + "1, " * 1_000_000 + "1]}}\n", "holds more than 100,000 values"),
    "a million lines": (HEAD + "rules:\n" + "- 1\n" * 1_000_000, "holds more than 100,000 values"),
    "a million keys": (HEAD + many("k#: 1", 700_000, "\n"), "holds more than 100,000 values"),
    "30,000 rules": (HEAD + "rules:\n" + "  - {}\n" * 30_000, "holds 30,000 rules; the limit is 5,000"),
    "unknown fields": (HEAD + rule("{" + many("fild#: 1", 40_000) + "}"), "unknown field 'fild0'"),
    "unknown keys": (HEAD + rule(GOOD) + many("    kee#: 1", 40_000, "\n"), "unknown key 'kee0'"),
    "wrong values": (HEAD + rule("{destination.country: [" + "XX, " * 90_000 + "KZ]}"), "'XX' is no country"),
    "wrong list": (HEAD + "lists: {own.l: {kind: country, citation: o, values: [" + "XX, " * 90_000 + "KZ]}}\n", "'XX' is no country"),
    "wrong tests": (HEAD + rule(GOOD).replace("[]", "[{name: a, expect: hit, record: {" + many("fild#: 1", 40_000) + "}}]"), "unknown field 'fild0'"),
    "tests of one name": (HEAD + rule(GOOD).replace("[]", "[" + "{name: a, expect: hit, record: {}}, " * 10_000 + "]"), "has two tests called 'a'"),
    "many parts": (HEAD + rule("{any: [" + many("{goods.quantity|gt: #}", 5_000) + "]}"), "has 5,000 comparisons"),
    "many words": (HEAD + rule("{goods.description|keywords: [" + many("слово#", 20_000) + "]}"), "characters of words"),
    "long word": (HEAD + rule("{goods.description|contains: " + "x" * 30_000 + "}"), "a value has more than 20,000 characters"),
    "long list name": (HEAD + rule("{destination.country: $" + "x" * 19_000 + "}"), "unknown list '$xxx"),
    "long key": (HEAD + rule("{? " + "x" * 5_000 + ": 1}"), "a key has more than 200 characters"),
    "look-around": (HEAD + rule("{goods.description|re: '(?=a)b'}"), "'(?' is not allowed"),
    "back-reference": (HEAD + rule(r"{goods.description|re: '(a)\1'}"), "is not allowed"),
    "pattern that grows": (HEAD + rule("{goods.description|re: '((((a{9}){9}){9}){9}){9}'}"), "is no regular expression"),
    "pattern of 30,000 letters": (HEAD + rule("{goods.description|re: '" + "[^a]{1000}" * 30 + "'}"), "is no regular expression"),
    "count of 5,000 digits": (HEAD + rule("{party_hits|count_gte: {n: " + "9" * 5_000 + ", where: {score: 1}}}"), "count_gte takes"),
    "count in another script": (HEAD + rule("{party_hits|count_gte: {n: ², where: {score: 1}}}"), "count_gte takes"),
    "endless number": (HEAD + rule("{goods.value|gt: 1e999}"), "is too large to be meant"),
    "number of 19,000 digits": (HEAD + rule("{goods.value|gt: " + "9" * 19_000 + "}"), "is no number"),
    "no number": (HEAD + rule(GOOD).replace("weight: 15", "weight: .nan"), "write a number from 0 to 95"),
    "half a version": (HEAD + rule(GOOD).replace("    version: 1", "    version: 1.5"), "write a whole number"),
    "many features": (HEAD + "features: {" + many("f#: {meaning: m, aggregate: count}", 5_000) + "}\n", "more than 200 features"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, name: str) -> None:
    """By its first fault, or by the first five hundred; each fault is short enough to read."""
    text, problem = BOMBS[name]
    found = refused(tmp_path, text)
    assert any(problem in fault for fault in found), [fault[:200] for fault in found[:3]]
    assert len(found) <= 500
    assert max(map(len, found)) < 700


def test_a_file_of_50_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(50_000_000)
    assert faults_of(path) == ["bad.yml: has more than 8,000,000 bytes, which is the limit"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"pack: {id: bad, version: 1}\nlists: {own.l: \xff}\n", "bad.yml: is not UTF-8 at byte 43; save it as UTF-8"),
        ((HEAD + "lists: {}\n").encode("utf-16"), "bad.yml: is not UTF-8 at byte 0; save it as UTF-8"),
        (b"pack: {id: bad, version: \x00}\n", "bad.yml:1:26: is not YAML: it holds the control character U+0000; take it out"),
        ("# я\npack: {id: bad, version: 1\x07}\n".encode(), "bad.yml:2:27: is not YAML: it holds the control character U+0007; take it out"),
        (b"pack:\n\tid: bad\n", "bad.yml:2:1: is not YAML: found character that cannot start any token; indent with spaces, not with tabs"),
        (b'pack: {id: bad, version: "\\ud800"}\n', "bad.yml:1:29: is not YAML: found invalid Unicode character escape code"),
        (b"", "bad.yml:1:1: is empty"),
        (b"# nothing\n", "bad.yml:1:1: is empty"),
        (b"pack: {id: bad, version: 1}\npack: {id: bad, version: 2}\n", "bad.yml:2:1: duplicate key 'pack', first at line 1; keep one of them"),
    ],
    ids=["not UTF-8", "UTF-16", "NUL", "bell", "tab", "surrogate", "empty", "comment", "duplicate"],
)  # fmt: skip
def test_a_file_that_is_no_text_or_no_yaml_says_where(tmp_path: Path, content: bytes, found: str) -> None:
    assert refused(tmp_path, content) == [found]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + HEAD.encode(), HEAD.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "good.yml"
    path.write_bytes(content + rule(GOOD).replace("\n", "\r\n").encode())
    assert [one.at.line for one in load_rules([path], LISTS).rules] == [3]


def folder_pack(folder: Path) -> Path:
    """A pack folder with one good rule."""
    rules = folder / "acme" / "rules"
    rules.mkdir(parents=True)
    (folder / "acme" / "pack.yml").write_text("pack: {id: acme, version: 1}\n", encoding="utf-8")
    text = "\n".join(line[4:] for line in rule(GOOD).splitlines()[1:])
    (rules / "a.yml").write_text(text, encoding="utf-8")
    return folder / "acme"


def put(folder: Path, what: str) -> None:
    """Something in a pack folder that is no rule file of it."""
    outside, rules = folder.parent / "outside.yml", folder / "rules"
    outside.write_text("secret: 1\n", encoding="utf-8")
    if what == "link out":
        (rules / "b.yml").symlink_to(outside)
    elif what == "loop":
        (rules / "b.yml").symlink_to(rules / "c.yml")
        (rules / "c.yml").symlink_to(rules / "b.yml")
    elif what == "link to the folder":
        (rules / "b.yml").symlink_to(folder)
    elif what == "folder":
        (rules / "b.yml").mkdir()
    elif what == "pipe":
        os.mkfifo(rules / "b.yml")
    elif what == "device":
        (rules / "b.yml").symlink_to("/dev/zero")
    elif what == "other ending":
        (rules / "b.yml.bak").write_text("x", encoding="utf-8")
    else:
        raise AssertionError(what)


KEEP_APART = "a pack folder holds pack.yml and the folder rules/; keep other files elsewhere"


def test_a_pack_folder_is_read(tmp_path: Path) -> None:
    """The look-alike of all that follows."""
    assert len(load_rules([folder_pack(tmp_path)], LISTS).rules) == 1


@pytest.mark.parametrize("what", ["link out", "loop", "link to the folder", "folder", "pipe", "device", "other ending"])
def test_what_is_no_rule_file_of_the_folder_is_refused_unread(tmp_path: Path, what: str) -> None:
    """Links that lead out or in circles, folders, pipes and devices: nothing is opened, nothing is loaded in part."""
    folder = folder_pack(tmp_path)
    put(folder, what)
    found = faults_of(folder)
    assert all(fault.startswith("acme/rules/") and "is no rule file" in fault for fault in found)
    assert "secret" not in str(found)


@pytest.mark.parametrize("misplaced", ["a.yml", "rule/a.yml", "Rules2/a.yaml"])
def test_a_rule_beside_the_rules_is_a_fault(tmp_path: Path, misplaced: str) -> None:
    """It would never be read, and its author would think that it is."""
    folder = folder_pack(tmp_path)
    target = folder / misplaced
    target.parent.mkdir(exist_ok=True)
    (folder / "rules" / "a.yml").rename(target)
    assert faults_of(folder) == [f"acme/{misplaced.split('/', maxsplit=1)[0]}: is never read: {KEEP_APART}"]


def test_a_file_in_the_place_of_the_rules_is_a_fault(tmp_path: Path) -> None:
    folder = folder_pack(tmp_path)
    (folder / "rules" / "a.yml").unlink()
    (folder / "rules").rmdir()
    (folder / "rules").write_text("id: RU-X\n", encoding="utf-8")
    assert f"acme/rules: is never read: {KEEP_APART}" in faults_of(folder)


@pytest.mark.parametrize("what", ["pipe", "link out", "device"])
def test_the_head_of_a_pack_folder_is_a_file_of_it(tmp_path: Path, what: str) -> None:
    """A pipe would wait for ever, a link would read what its author may not see."""
    folder = folder_pack(tmp_path)
    head = folder / "pack.yml"
    head.unlink()
    outside = tmp_path / "outside.yml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    if what == "pipe":
        os.mkfifo(head)
    else:
        head.symlink_to(outside if what == "link out" else "/dev/zero")
    found = faults_of(folder)
    assert len(found) == 1
    assert found[0].startswith("acme/pack.yml: is no file of this folder")


def test_a_folder_of_too_many_bytes_is_not_read(tmp_path: Path) -> None:
    """Each file within its limit, and all of them together not."""
    folder = folder_pack(tmp_path)
    for name in ("b", "c", "d"):
        with (folder / "rules" / f"{name}.yml").open("wb") as file:
            file.truncate(7_000_000)
    found = faults_of(folder)
    assert len(found) == 1
    assert "bytes of rules; the limit is 16,000,000" in found[0]


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_pack(tmp_path)
    closed = folder / "rules" / "a.yml"
    opened = Path.open

    def guarded(path: Path, *args: object, **kwargs: object) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    assert faults_of(folder) == ["acme/rules/a.yml: cannot be read: Permission denied"]


TEMPLATE = "{0.__class__.__mro__} {goods.vague.__class__} {rule} %(title)s ${HOME} {{x}}"


def test_a_template_in_a_rule_is_shown_and_never_filled_in(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Title, reason and message are plain words, whatever they look like."""
    text = (
        rule("{goods.quantity|gt: 5}")
        .replace("title: T", f"title: '{TEMPLATE}'")
        .replace("why: W", f"why: '{TEMPLATE}'")
    )
    text = text.replace("    tests", f"    message: '{TEMPLATE}'\n    tests").replace("experimental", "stable")
    tests = (
        "[{name: h, record: {goods.quantity: 6}, expect: hit}, {name: n, record: {goods.quantity: 5}, expect: no_hit}]"
    )
    path = tmp_path / "own.yml"
    path.write_text(HEAD + text.replace("tests: []", f"tests: {tests}"), encoding="utf-8")
    screener = Screener.build(packs=[path], as_of=date(2026, 11, 22))
    findings = [one for one in screener.screen({"goods.quantity": 6}).findings if one.rule == "SYN-GDS-001"]
    assert [(one.title, one.why) for one in findings] == [(TEMPLATE, TEMPLATE)]
    assert run(["rules", "check", str(path)]) == ExitCode.DONE
    out = " ".join(capfd.readouterr().out.split())
    assert TEMPLATE in out
    assert "class 'object'" not in out


def test_a_pattern_built_to_explode_runs_in_linear_time(tmp_path: Path) -> None:
    """`(a+)+$` takes Python's own engine for ever on thirty letters; here it is searched for in a page at once."""
    tests = f"[{{name: n, record: {{goods.description: {'a' * 19_000}b}}, expect: no_hit}}]"
    path = tmp_path / "own.yml"
    path.write_text(
        HEAD + rule("{goods.description|re: '(a+)+$'}").replace("tests: []", f"tests: {tests}"), encoding="utf-8"
    )
    assert [one.note for one in run_tests(load_rules([path], LISTS))] == [""]


def test_the_longest_lists_of_words_that_load_can_be_searched_for(tmp_path: Path) -> None:
    """What is accepted at load is run by both engines."""
    words = many("слово#", 4_900)
    tests = "[{name: h, record: {goods.description: одно слово4899}, expect: hit}]"
    path = tmp_path / "own.yml"
    path.write_text(
        HEAD + rule(f"{{goods.description|keywords: [{words}]}}").replace("tests: []", f"tests: {tests}"),
        encoding="utf-8",
    )
    assert [one.note for one in run_tests(load_rules([path], LISTS))] == [""]


def test_nothing_of_a_faulty_pack_is_loaded(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Not in a screening either: code 2, the fault with its place, and no result."""
    folder = folder_pack(tmp_path)
    (folder / "rules" / "b.yml").write_text("id: SYN-GDS-002\nwhen: {goods.vage: true}\n", encoding="utf-8")
    shipments = tmp_path / "in.csv"
    shipments.write_text("Consignee\nSynthetic Appliances\n", encoding="utf-8")
    result = tmp_path / "out.csv"
    assert run(["screen", str(shipments), "--rules", str(folder), "-o", str(result)]) == ExitCode.UNUSABLE
    assert "acme/rules/b.yml:2:8: unknown field 'goods.vage'; did you mean 'goods.vague'?" in capfd.readouterr().err
    assert not result.exists()
    assert run(["rules", "check", str(folder)]) == ExitCode.FINDINGS
