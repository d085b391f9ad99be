"""`rules show`, `docs`, `schema`, `new` and JUnit output: what readers and authors of rules are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from builders import ROOT
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.errors import InputError
from sanctionscreen.fields import FIELDS
from sanctionscreen.report.junit import junit
from sanctionscreen.report.markdown import block, code, escaped, link, table
from sanctionscreen.report.red_flags import coverage_page, matrix
from sanctionscreen.report.rule_pages import INDEX, example, rule_book, rule_pages
from sanctionscreen.resources import built_in_packs
from sanctionscreen.rules import Rule, RuleTestResult, built_in_pack, run_tests
from sanctionscreen.rules.operators import OPERATORS
from sanctionscreen.rules.red_flags import load_red_flags
from sanctionscreen.rules.schema import schema, schema_text
from sanctionscreen.rules.template import pack_template, rule_template
from sanctionscreen.screening.sources import load_sources
from sanctionscreen.strict_yaml import Mapping, Node, Scalar, parse

SOURCES = load_sources()
RULES = SOURCES.rules
PAGES = rule_pages(RULES, SOURCES.profile)
MATRIX = matrix(load_red_flags([built_in_pack()]), RULES.rules, SOURCES.seeds.documents)
SCHEMA = schema()
SHIPPED = built_in_packs() / "pack.schema.json"
PACK_FILES = [built_in_pack() / "pack.yml", *sorted((built_in_pack() / "rules").glob("*.yml"))]

HOSTILE = """\
pack: {id: hostile, version: 1.0.0}
rules:
  - id: SYN-GDS-001
    title: "</td><script>alert(1)</script> | **bold** [a](javascript:x) `code`"
    status: experimental
    version: 1
    level: low
    group: goods
    weight: 5
    why: "# Heading\\n\\n- item\\n\\n```\\nfence\\n\\e[2J\\u202e"
    references:
      - {text: "<img src=x onerror=y>", url: "javascript:alert(1)", pin: "1. | 2."}
      - {text: "good ]( one", url: "https://example.org/a_b"}
    falsepositives: ["> quote", "+ item"]
    when: {goods.description|keywords: ["`|<b>"]}
    tests:
      - {name: "a ``` b | <i>\\u0007", record: {goods.description: "x ``` `|<b> y"}, expect: hit}
"""


def by_id(rule: Rule) -> str:
    return rule.id


def hostile_pages(folder: Path) -> dict[str, str]:
    path = folder / "hostile.yml"
    path.write_text(HOSTILE, encoding="utf-8")
    sources = load_sources(packs=[path])
    return rule_pages(sources.rules, sources.profile)


# --- show -----------------------------------------------------------------------------------------------------------


def test_a_rule_is_shown_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    """Every part of a rule that a reader can ask for is there."""
    assert run(["rules", "show", "ru-doc-004"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    for part in (
        "RU-DOC-004 Priority goods leave the EU",
        "[high, stable, version",
        "adds up to 30 points in group documents",
        "from 2024-03-20 for exporters of EU",
        "Why",
        "at least one of these:",
        "geo.art12g_partners = AU, CA",
        "Article 12g of Regulation (EU) No 833/2014, 2023-12-18",
        "RF-NORUSSIA-CLAUSE",
        "EU12G, goods of Annex XL",
        "False positives",
        "hit:",
        "unknown (missing:",
    ):
        assert part in shown, part


def test_a_rule_that_is_not_in_force_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "show", "RU-DOC-004", "--as-of", "2024-03-19"])
    assert "not in force on this day" in capsys.readouterr().out


def test_a_rule_as_json_has_the_same_parts(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["rules", "show", "RU-GDS-003", "--json"])
    found = json.loads(capsysbinary.readouterr().out)
    assert {"condition", "lists", "features", "tags", "falsepositives", "references", "why", "at"} <= found.keys()
    assert found["lists"][0]["citation"]
    assert {test["expect"] for test in found["tests"]} == {"hit", "no_hit", "unknown"}


def test_a_rule_that_does_not_exist_is_answered_with_one_that_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "RU-GDS-03"]) == ExitCode.UNUSABLE
    assert "did you mean 'RU-GDS-0" in capsys.readouterr().err


# --- docs -----------------------------------------------------------------------------------------------------------


def test_every_rule_has_its_page_and_its_line_in_the_index() -> None:
    assert set(PAGES) == {INDEX, *(f"{rule.id}.md" for rule in RULES.rules)}
    assert [rule.id for rule in RULES.rules if f"]({rule.id}.md) |" not in PAGES[INDEX]] == []


def test_the_pages_in_docs_are_generated() -> None:
    """`docs/rules/` holds what `rules docs` writes, and nothing else; run `make docs` after a change."""
    folder = ROOT / "docs" / "rules"
    assert {path.name: path.read_text("utf-8") for path in folder.glob("*")} == PAGES


@pytest.mark.parametrize("rule", RULES.rules, ids=by_id)
def test_every_page_shows_what_a_line_says_when_its_rule_fires(rule: Rule) -> None:
    """The first hit test of a rule goes through the explanation that a screening gives."""
    test = next(test for test in rule.tests if test.expect == "hit")
    found = example(rule, test, RULES, SOURCES.profile)
    assert found is not None
    assert [finding.rule for finding in found.findings] == [rule.id]
    page = PAGES[f"{rule.id}.md"]
    assert "  because " in page
    assert "None" not in page.partition("## Example")[2].partition("## Tests")[0]


def test_the_same_rules_give_the_same_bytes() -> None:
    again = load_sources()
    assert rule_pages(again.rules, again.profile) == PAGES
    assert rule_book(again.rules, again.profile) == rule_book(RULES, SOURCES.profile)


def test_the_reference_goes_to_a_folder_or_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that this run did not write stays, and is named."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "OLD.md").write_text("of a rule that is gone", encoding="utf-8")
    assert run(["rules", "docs", "-o", str(folder)]) == ExitCode.DONE
    assert "OLD.md" in capsys.readouterr().err
    assert {path.name for path in folder.iterdir()} == {*PAGES, "OLD.md"}
    assert run(["rules", "docs", "-o", str(tmp_path / "all.md")]) == ExitCode.DONE
    assert (tmp_path / "all.md").read_text("utf-8") == rule_book(RULES, SOURCES.profile)


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for wrong in (tmp_path / "file", tmp_path / "none" / "docs", tmp_path / "none" / "all.md"):
        assert run(["rules", "docs", "-o", str(wrong)]) == ExitCode.UNUSABLE
        assert wrong.name in capsys.readouterr().err


# --- untrusted text -------------------------------------------------------------------------------------------------


def test_text_of_a_pack_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """A reader of Markdown finds no HTML, heading, list, fence, link or emphasis that the pack brought."""
    pages = hostile_pages(tmp_path)
    found = list(tokens(pages["SYN-GDS-001.md"]))
    assert {token.content for token in found if token.type.startswith("html")} <= {"<br>"}
    assert [token.attrs["href"] for token in found if token.type == "link_open"] == ["https://example.org/a_b"]
    assert not {"strong_open", "em_open", "image", "blockquote_open", "hr", "ordered_list_open"} & {
        t.type for t in found
    }
    headings = [after.content for token, after in pairwise(found) if token.type == "heading_open"]
    assert headings[1:] == ["What it looks for", "References", "When it is wrong", "Example", "Tests"]
    assert sum(token.type == "fence" for token in found) == 1
    assert not any(sign in pages["SYN-GDS-001.md"] for sign in ("\x1b", "\x07", "\u202e"))
    assert any(
        "<script>alert(1)</script> | **bold** [a](javascript:x) `code`" in t.content for t in found if t.type == "fence"
    )


@pytest.mark.parametrize("page", [*PAGES.values(), coverage_page(MATRIX)], ids=[*PAGES, "red-flags.md"])
def test_the_pages_hold_no_html_and_lead_to_pages_that_are_there(page: str) -> None:
    for token in tokens(page):
        assert not token.type.startswith("html") or token.content == "<br>"
        if token.type == "link_open" and not token.attrs["href"].startswith("https://"):
            assert token.attrs["href"].removeprefix("rules/") in PAGES


def tokens(page: str) -> Iterator[Any]:
    """What a Markdown reader makes of a page (the one that comes with Rich), with tables as GitHub has them."""
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        yield token
        yield from token.children or ()


def test_a_pack_cannot_break_a_table(tmp_path: Path) -> None:
    """Every row of a table has the columns of its header."""
    for page in hostile_pages(tmp_path).values():
        for rows in tables(page):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def tables(page: str) -> Iterator[list[str]]:
    rows: list[str] = []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
        elif rows:
            yield rows
            rows = []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 0.98 (a)", "plain words, 0.98 (a)"),
        ("party_hits", "party_hits"),
        ("_soft_ and *strong*", r"\_soft\_ and \*strong\*"),
        ("# title", r"\# title"),
        ("- item", r"\- item"),
        ("12. item", "&#49;2. item"),
        ("> quote", "&gt; quote"),
        ("a\n\n# b", "a # b"),
        ("&lt;", "&amp;lt;"),
        (r"a\b", r"a\\b"),
        ("x\u202ey", "x&lt;202e&gt;y"),
    ],
)
def test_escaped_text_reads_as_it_was_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a", "`a`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("", "` `")],
)
def test_code_holds_any_text(text: str, shown: str) -> None:
    assert code(text) == shown


def test_a_bar_in_a_cell_is_no_border() -> None:
    """Nor in code, nor behind a backslash."""
    assert list(table(("a", "b"), [(escaped("x|y\\|z"), code("x|y"))]))[2] == "| x\\|y\\\\\\|z | `x\\|y` |"


def test_a_block_is_fenced_by_more_backticks_than_it_holds() -> None:
    assert block(["a", "````"]) == ["`````text", "a", "````", "`````"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=c#d", "[x](https://example.org/a?b=c#d)"),
        ("", "x"),
        ("javascript:alert(1)", "x (javascript:alert(1))"),
        ("https://example.org/)[y](javascript:z", "x (https://example.org/)\\[y\\](javascript:z)"),
        ("http://a b", "x (http://a b)"),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str, shown: str) -> None:
    assert link("x", url) == shown


# --- schema ---------------------------------------------------------------------------------------------------------


def test_the_shipped_schema_is_generated() -> None:
    """`packs/pack.schema.json` is what `rules schema` prints; run `make docs` after a change."""
    assert SHIPPED.read_text("utf-8") == schema_text()
    assert json.loads(schema_text()) == SCHEMA


@pytest.mark.parametrize("path", PACK_FILES, ids=lambda path: path.stem)
def test_every_file_of_the_built_in_pack_names_the_schema(path: Path) -> None:
    """The first line leads an editor to the schema."""
    first = path.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found[1]).resolve() == SHIPPED.resolve()


@pytest.mark.parametrize("path", [*PACK_FILES, ROOT / "examples" / "my_rules.yml"], ids=lambda path: path.stem)
def test_what_loads_is_valid_by_the_schema(path: Path) -> None:
    assert list(complaints(instance(path.read_text("utf-8")), SCHEMA)) == []


@pytest.mark.parametrize(
    "text", [rule_template("ACME-GDS-001"), pack_template("acme"), HOSTILE.replace("javascript:", "https://x/")]
)
def test_templates_and_odd_packs_are_valid_by_the_schema(text: str) -> None:
    assert list(complaints(instance(text), SCHEMA)) == []


@pytest.mark.parametrize(
    ("wrong", "right", "where"),
    [
        ("level: medium", "level: hihg", "level"),
        ("weight: 15", "weight: 96", "weight"),
        ("version: 1", "version: one", "version"),
        ("id: ACME-GDS-001", "id: acme-1", "id"),
        ("title:", "tilte:", ""),
        ("destination.country: $geo", "destination.contry: $geo", "when"),
        ("goods.value|gte", "goods.value|prefix", "when"),
        ("goods.value|gte: 10000", "goods.value|between: [1, 2, 3]", "when.goods.value|between"),
        ("goods.value|gte: 10000", "goods.value|exists: maybe", "when.goods.value|exists"),
        ("goods.value|gte: 10000", "consignee.country|field: consignee.name", "when.consignee.country|field"),
        ("goods.value|gte: 10000", "party_hits|any: {measur: denied}", "when.party_hits|any"),
        ("goods.value|gte: 10000", "party_hits|count_gte: {n: 0, where: {role: buyer}}", "when.party_hits|count_gte.n"),
        ("goods.value|gte: 10000", "any: {goods.value|gt: 1}", "when.any"),
        ("goods.value|gte: 10000", "not: {goods.valu|gt: 1}", "when.not"),
        ("expect: no_hit", "expect: miss", "tests.1.expect"),
        ("goods.value: 25000}", "goods.valeu: 25000}", "tests.0.record"),
    ],
)
def test_a_slip_is_marked_where_it_stands(wrong: str, right: str, where: str) -> None:
    text = rule_template("ACME-GDS-001")
    assert wrong in text
    found = list(complaints(instance(text.replace(wrong, right, 1)), SCHEMA))
    assert found
    assert all(one.startswith(where) for one in found)


def test_each_key_of_a_condition_is_offered_with_the_meaning_of_its_field() -> None:
    """Completion offers field|modifier, and help on it shows what the field is."""
    keys = SCHEMA["$defs"]["condition"]["properties"]
    for entry in FIELDS.values():
        for name, operator in OPERATORS.items():
            key = f"{entry.name}|{name}"
            assert (key in keys) is (entry.type in operator.types)
            assert key not in keys or entry.meaning in keys[key]["description"]


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    named = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(SCHEMA)))
    assert named <= SCHEMA["$defs"].keys()
    assert all(re.fullmatch(r"[\w.]+", name) for name in named)  # a name with a space would have to be encoded


def instance(text: str) -> Any:
    """A document as an editor's YAML 1.2 reads it."""
    return _plain(parse(text, "file", InputError))


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if not isinstance(node, Scalar):
        return [_plain(item) for item in node.items]
    if node.quoted:
        return node.text
    if re.fullmatch(r"-?\d+", node.text):
        return int(node.text)
    if re.fullmatch(r"-?\d+\.\d+", node.text):
        return float(node.text)
    return {"true": True, "false": False, "null": None, "": None, "~": None}.get(node.text, node.text)


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "integer": (int,),
}


def complaints(value: Any, part: dict[str, Any], at: tuple[str, ...] = ()) -> Iterator[str]:
    """What the schema has against a value: a plain reading of the keywords that ours uses."""
    where = ".".join(at)
    if "$ref" in part:
        yield from complaints(value, SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")], at)
    if "if" in part:
        yield from complaints(value, part["else" if list(complaints(value, part["if"])) else "then"], at)
    if "enum" in part and value not in part["enum"]:
        yield f"{where}: {value!r} is not offered"
    if "type" in part and not _is(value, part["type"]):
        yield f"{where}: {value!r} is no {part['type']}"
        return
    if isinstance(value, dict):
        yield from _complaints_of_object(value, part, at)
    elif isinstance(value, list):
        if not part.get("minItems", 0) <= len(value) <= part.get("maxItems", len(value)):
            yield f"{where}: {len(value)} items"
        for number, item in enumerate(value):
            yield from complaints(item, part.get("items", {}), (*at, str(number)))
    elif isinstance(value, str):
        if not re.search(part.get("pattern", ""), value) or len(value) > part.get("maxLength", len(value)):
            yield f"{where}: {value!r} has another form"
    elif isinstance(value, (int, float)) and not part.get("minimum", value) <= value <= part.get("maximum", value):
        yield f"{where}: {value!r} is out of bounds"


def _is(value: Any, wanted: str | list[str]) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return any(isinstance(value, _TYPES[kind]) and (kind == "boolean") is isinstance(value, bool) for kind in kinds)


def _complaints_of_object(value: dict[str, Any], part: dict[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    where = ".".join(at)
    for key in part.get("required", ()):
        if key not in value:
            yield f"{where}: needs {key}"
    if len(value) < part.get("minProperties", 0):
        yield f"{where}: is empty"
    for key, held in value.items():
        fitting = [one for pattern, one in part.get("patternProperties", {}).items() if re.search(pattern, key)]
        if key in part.get("properties", {}):
            fitting.append(part["properties"][key])
        if not fitting and part.get("additionalProperties") is False:
            yield f"{where}: unknown key {key!r}"
        elif not fitting and isinstance(part.get("additionalProperties"), dict):
            fitting.append(part["additionalProperties"])
        for one in fitting:
            yield from complaints(held, one, (*at, key))


# --- new ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule_id", ["ACME-GDS-001", "ACME-0123"])
def test_a_new_rule_passes_check_and_test(tmp_path: Path, capsys: pytest.CaptureFixture[str], rule_id: str) -> None:
    """A template pack with a template rule loads over the built-in pack, and the rule proves itself."""
    (tmp_path / "rules").mkdir()
    assert run(["rules", "new", "--pack", "acme", "-o", str(tmp_path / "pack.yml")]) == ExitCode.DONE
    assert run(["rules", "new", rule_id, "-o", str(tmp_path / "rules" / "own.yml")]) == ExitCode.DONE
    assert run(["rules", "check", str(tmp_path)]) == ExitCode.DONE
    assert run(["rules", "test", "--rules", str(tmp_path), "--id", rule_id]) == ExitCode.DONE
    assert "3 of 3 tests of 1 rules passed" in capsys.readouterr().out


def test_the_middle_of_an_id_says_the_group() -> None:
    assert "group: party " in rule_template("ACME-PTY-001")
    assert "group: documents " in rule_template("ACME-DOC-001")
    assert "group: goods " in rule_template("ACME-001")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["acme-gds-001"], "must look like ACME-GDS-001"),
        (["RU-GDS-003"], "rule RU-GDS-003 exists; change it with overrides"),
        ([], "name one thing to begin"),
        (["ACME-GDS-001", "--pack", "acme"], "name one thing to begin"),
        (["--pack", "Acme Pack"], "must look like acme-rules"),
    ],
)
def test_a_beginning_that_leads_nowhere_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert run(["rules", "new", *arguments]) == ExitCode.UNUSABLE
    assert problem in capsys.readouterr().err


def test_a_template_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("my work", encoding="utf-8")
    assert run(["rules", "new", "ACME-GDS-001", "-o", str(path)]) == ExitCode.UNUSABLE
    assert "exists already" in capsys.readouterr().err
    assert path.read_text("utf-8") == "my work"


def test_the_commented_parts_of_the_templates_load_too(tmp_path: Path) -> None:
    """What a template offers in comments is right when the comment sign is taken away."""
    rule = re.sub(
        r"(?m)^( *)# (any:| {2}- |party_hits|gate: review|applies:|effective:)", r"\1\2", rule_template("ACME-GDS-001")
    )
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yml").write_text(re.sub(r"(?ms)^tests:.*", "tests: []\n", rule), encoding="utf-8")
    pack = re.sub(r"(?m)^# ((?:lists|features|overrides|exceptions):| {2})", r"\1", pack_template("acme"))
    (tmp_path / "pack.yml").write_text(pack.replace("rules: []\n", "") + "rules: []\n", encoding="utf-8")
    found = load_sources(packs=[tmp_path]).rules
    assert found.rule("ACME-GDS-001") is not None
    assert len(found.exceptions) == 1
    assert found.features["lines_90d"].trailing_days == 90
    assert "MN" in found.lists["geo.hubs"].values


# --- JUnit ----------------------------------------------------------------------------------------------------------

FAILED = RuleTestResult(
    "SYN-GDS-001", "a \x1b[31m<name> \ufffe & \ud800", "hit", "no_hit", "no_hit", "expected hit,\x00 got no_hit"
)
PASSED = RuleTestResult("SYN-GDS-001", "fine", "hit", "hit", "hit", "")


def test_results_are_suites_and_cases() -> None:
    root = ElementTree.fromstring(junit([PASSED, FAILED, RuleTestResult("SYN-GDS-002", "x", "hit", "hit", "hit", "")]))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("SYN-GDS-001", "2", "1"),
        ("SYN-GDS-002", "1", "0"),
    ]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message", "").startswith("expected hit")
    assert "frames say no_hit" in (failure.text or "")


def test_what_xml_cannot_hold_is_written_as_its_number() -> None:
    """A name with control characters, half a pair or a non-character leaves a file that any reader takes."""
    written = junit([FAILED])
    root = ElementTree.fromstring(written.encode())
    case = root.find(".//testcase")
    assert case is not None
    assert case.get("name") == "a <1b>[31m<name> <fffe> & <d800>"
    assert "\x00" not in written


def test_the_test_command_writes_junit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "results.xml"
    assert run(["rules", "test", "--id", "RU-GDS-003", "--junit", str(path)]) == ExitCode.DONE
    root = ElementTree.fromstring(path.read_bytes())
    assert root.get("tests") == str(len(run_tests(RULES, "RU-GDS-003")))
    assert "tests of 1 rules passed" in capsys.readouterr().out


def test_a_failing_test_is_in_the_file_and_in_the_exit_code(tmp_path: Path) -> None:
    wrong = rule_template("ACME-GDS-001").replace("expect: no_hit", "expect: hit")
    pack = pack_template("acme").replace("rules: []", "rules:\n  -\n" + re.sub("(?m)^", "    ", wrong))
    (tmp_path / "acme.yml").write_text(pack, encoding="utf-8")
    path = tmp_path / "results.xml"
    arguments = ["rules", "test", "--rules", str(tmp_path / "acme.yml"), "--id", "ACME-GDS-001", "--junit", str(path)]
    assert run(arguments) == ExitCode.FINDINGS
    assert ElementTree.fromstring(path.read_bytes()).get("failures") == "1"
