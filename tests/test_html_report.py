"""The page: one file that needs nothing else, whose numbers are those of the run, and where a name is only a name."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from report_samples import HIT, blocked, clear, rejected
from result_samples import LAYOUT, LIST, facts, finished, reviewed, rows
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report import html_report
from sanctionscreen.report.alert_records import AlertRecords
from sanctionscreen.report.html_report import HtmlWriter
from sanctionscreen.report.subject import Subjects
from sanctionscreen.report.writers import Layout

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><!--<script>",
    '"><img src=x onerror=alert(1)>',
    "{{ facts.tally }}{% raw %}",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>]]>",
    "a\u2028\u2029&lt;b&gt;",
]
VOID = {"meta", "input", "col", "link", "img", "br"}


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.text.setdefault(self._open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


def page(assessments: Sequence[Assessment], layout: Layout = LAYOUT, **changes: Any) -> str:
    stream = io.BytesIO()
    writer = HtmlWriter(stream, layout)
    writer.add(assessments)
    writer.finish(facts(assessments, **changes))
    return stream.getvalue().decode()


def data_of(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The heads of the alerts, and the portions of their proofs."""
    held = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    head, *proofs = map(json.loads, held)
    return head, proofs


def alerts_of(text: str) -> Iterator[tuple[list[Any], list[Any], list[str]]]:
    """Head and proof of each alert with the texts of the proof; texts of the head are put in."""
    head, portions = data_of(text)
    proofs = [(proof, portion["texts"]) for portion in portions for proof in portion["alerts"]]
    for alert, (proof, texts) in zip(head["alerts"], proofs, strict=True):
        yield [*alert[:3], *(head["texts"][place] for place in alert[3:10])], proof, texts


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text(name: str) -> None:
    """Wherever a hostile text stands (cell, header, file, list, note), the page has the same elements as without it."""

    def built(text: str) -> str:
        layout = Layout({"c": text, "v": "Value"}, {"c": "consignee.name"}, constants={"goods.unit": text})
        row = reviewed(3, input={"c": text, "v": text}, warnings=(text,), shipment_id=text)
        lists = (replace(LIST, title=text, issuer=text, as_of=text, source=text),)
        rejects = rejected(input={"c": text}, reasons=(text,))
        return page([row, rejects], layout, notes=(text, f"not collected: {text}"), inputs=(text,), lists=lists)

    hostile, harmless = built(name), built("ACME")
    assert [tag for tag, _ in Elements(hostile).found] == [tag for tag, _ in Elements(harmless).found]
    assert not [key for _, attributes in Elements(hostile).found for key in attributes if key.startswith("on")]
    shown = name.replace("\u2028", "<2028>").replace("\u2029", "<2029>")
    ((alert, proof, texts),) = alerts_of(hostile)
    assert shown in alert
    assert [texts[place] for place in proof[6]] == [shown, shown]


def test_nothing_comes_from_elsewhere() -> None:
    """No address is loaded, linked or sent to; links lead to places of the page itself."""
    text = page(rows())
    elements = Elements(text)
    loading = ("src", "srcset", "href", "xlink:href", "action", "formaction", "data", "poster", "background", "ping")
    named = [value for _, attributes in elements.found for key, value in attributes.items() if key in loading]
    assert named
    assert all(value.startswith("#") for value in named)
    style = "".join(elements.text["style"])
    assert re.findall(r"url\(([^)]*)\)", style) == ["#hatch", "#dots"]
    assert "@import" not in style
    assert "fetch(" not in text
    assert not elements.all("link") + elements.all("iframe") + elements.all("object") + elements.all("form")
    ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    assert {value[1:] for value in named} <= ids


def test_the_policy_lets_only_this_style_and_this_script_run() -> None:
    """Everything is forbidden but the two whose SHA-256 stand in the policy, and no attribute holds style or script."""
    elements = Elements(page(rows()))
    policies = [one["content"] for one in elements.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    (policy,) = policies
    held = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert held["default-src"] == held["base-uri"] == held["form-action"] == "'none'"
    style, script = "".join(elements.text["style"]), elements.text["script"][-1]
    digests = [
        "'sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() + "'" for one in (style, script)
    ]
    assert [held["style-src"], held["script-src"]] == digests
    assert not [key for _, attributes in elements.found for key in attributes if key == "style" or key.startswith("on")]
    assert ".innerHTML" not in script


def test_the_numbers_are_those_of_the_run() -> None:
    """Cards and counts are those of the tally; an alert is in the data for each review and block."""
    text = page(rows())
    cards = dict(re.findall(r'<li class="(\w+)">.*?<div class="count">([\d,]+)</div>', text))
    assert cards == {"block": "1", "review": "2", "not_screenable": "1", "clear": "1"}
    assert "5 rows read = 1 clear + 2 review + 1 block + 1 not screenable" in text
    assert (
        "Of 5 shipment lines, 1 must not ship before compliance has decided, 2 need a person to look and 1 could"
        in text
    )
    assert [head[:3] for head, *_ in alerts_of(text)] == [[4, 1, 950], [3, 0, 300], [5, 0, 300]]


def test_the_charts_add_up() -> None:
    """The strip is whole, and parties, goods and routes each count every alert once, the rest in one last line."""
    many = [reviewed(row, f"Synthetic {row % 20}") for row in range(1, 41)]
    text = page([*many, blocked()])
    strip = text[text.index('<svg class="strip"') :]
    widths = re.findall(r'width="([\d.]+)%"', strip[: strip.index("</svg>")])
    assert sum(map(float, widths)) == pytest.approx(100, abs=0.01)
    for chart in re.findall(r'<table class="chart">(.*?)</table>', text, re.DOTALL)[:3]:
        counts = [int(count) for count in re.findall(r'<td class="n">([\d,]+)', chart)]
        assert sum(counts) == 41
        bars = [sum(map(float, re.findall(r'width="([\d.]+)%"', bar))) for bar in re.findall(r"<svg.*?</svg>", chart)]
        assert max(bars) == pytest.approx(100)
    assert "13 others" in text


def test_each_waterfall_adds_up_to_its_score() -> None:
    """The parts of an alert, floors of gates included, are the score to the tenth."""
    for head, proof, texts in alerts_of(page(rows())):
        sums = [proof[0][start : start + 4] for start in range(0, len(proof[0]), 4)]
        assert sum(tenths for tenths, *_ in sums) == head[2]
        assert all(texts[rule] for _, rule, *_ in sums)


def test_an_alert_has_its_proof() -> None:
    """Conditions, gates, hits, what is not known, warnings and cells are there, field names in words."""
    (_, proof, texts), *_ = alerts_of(page(rows()))
    _, findings, gates, hits, unknown, warnings, cells = proof

    def said(places: Sequence[int]) -> list[str]:
        return [texts[place] for place in places]

    assert [texts[one[0]] for one in findings][:2] == ["SYN-PTY-001", "SYN-GDS-001"]
    assert findings[0][1] == 95
    assert said(findings[1][2:]) == ["goods value = 2500, which is more than 1000", ""]
    assert said(gates) == ["SYN-PTY-001 asks for block: Party on an asset-freeze list"]
    assert said(hits[0])[:5] == [
        "consignee",
        "VOSTOK SYNTETIC ELECTRONICS",
        "Vostok Synthetic Electronics LLC",
        "syn-1",
        "syn-list",
    ]
    assert said(unknown) == ["SYN-DOC-001", "end user name"]
    assert said(warnings) == ["shipment date: '31.02.2024' is no day of the calendar"]
    assert said(cells) == ["Consignee", "VOSTOK SYNTETIC ELECTRONICS", "Value", "2 500,00"]


def test_rules_and_lists_stand_with_their_dates_and_sources() -> None:
    """A rule that fired is there with its first day, version and published source; a list with the day of its check."""
    text = page(rows())
    assert "high, stable, version 2, in force since 2023-05-19" in text
    assert "Synthetic alert, flag 3 &lt;https://example.org/alert&gt;" in text
    assert "checked on 2026-11-01" in text


def test_a_list_stands_once_with_all_that_was_compared_of_it() -> None:
    """Entries that come with the program and the whole list share a heading; a hit says which of them it is from."""
    some = replace(LIST, count=3, as_of="newest 2025-12-24")
    whole = replace(LIST, title="Synthetic list, official", count=13_000, as_of="version 1a2b")
    held = blocked(hits=(HIT, replace(HIT, entity_id="syn-list:7")))
    text = page([held], lists=(some, whole), embedded=(some,), official=(whole,))
    table = text[text.index('aria-labelledby="lists-head"><colgroup') :]
    table = table[: table.index("</table>")]
    assert table.count("<tbody>") == 1
    assert 'rowspan="2">Synthetic list, official <small' in table
    told = re.findall(r'data-name="compared">([^<]*) <small class="soft">([^<]*)<', table)
    assert told == [
        ("the whole list, as published", "version 1a2b; checked on 2026-11-01"),
        ("entries that come with the program", "newest 2025-12-24; checked on 2026-11-01"),
    ]
    states = data_of(text)[0]["lists"]
    assert states["syn-list:"].startswith("Synthetic list, official; the whole list, as published; version 1a2b")
    assert "entries that come with the program; newest" in states["syn-list"]


def test_cautions_name_lists_by_their_titles() -> None:
    """Whoever reads the first page need not know how the program calls a list."""
    text = page(rows(), official=(LIST,), out_of_date=("syn-list (as of 2021-03-02, 2092 days old)",))
    assert "Not fresh on the screening day: Synthetic list (as of 2021-03-02, 2092 days old)." in text


def test_a_list_of_the_user_is_told_as_such() -> None:
    """It is neither brought by the program nor published."""
    assert 'data-name="compared">entries of an own list <small' in page(rows())


def test_where_too_many_are_found_the_strongest_are_shown() -> None:
    """The page says how many are elsewhere, and in which file."""
    held = [reviewed(row) for row in range(1, 8)] + [blocked(row=8)]
    stream = io.BytesIO()
    writer = HtmlWriter(stream, LAYOUT, most_alerts=3)
    writer.add(held)
    writer.finish(facts(held))
    text = stream.getvalue().decode()
    assert [head[0] for head, *_ in alerts_of(text)] == [8, 1, 2]
    assert "The strongest 3 are here; the other 5 are in result.csv." in text


def test_portions_do_not_matter() -> None:
    """One row at a time, two, or all: the same bytes."""
    pages = set()
    for at_a_time in (1, 2, 100):
        stream = io.BytesIO()
        pages.add(finished(HtmlWriter(stream, LAYOUT), stream, rows(), at_a_time))
    assert len(pages) == 1


def test_proofs_stand_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each portion has texts of its own, and none is lost where one ends."""
    monkeypatch.setattr(html_report, "_PORTION", 2)
    text = page([reviewed(row, f"Synthetic {row}") for row in range(1, 6)])
    head, portions = data_of(text)
    assert (head["size"], [len(portion["alerts"]) for portion in portions]) == (2, [2, 2, 1])
    for alert, proof, texts in alerts_of(text):
        assert f"Synthetic {alert[0]}" in [texts[place] for place in proof[6]]


def test_rows_that_were_not_screened_are_named() -> None:
    """Each with its row, reason and what it says; where there are too many, their number is said."""
    text = page([rejected(row=row) for row in range(1, 251)])
    assert "<summary>The first 200 of 250 such rows</summary>" in text
    assert '<td class="n" data-name="row">200</td>' in text
    assert "250 × the row has 3 cells, the header 2" in text
    assert "A | 1 | left over" in text


def test_a_page_without_alerts_promises_nothing() -> None:
    """It needs no script, says that an empty result is no all-clear, and what the file is silent about."""
    text = page([clear()])
    assert "<script" not in text
    assert "That is not an all-clear." in text
    assert "No official sanctions list was compared as a whole" in text
    assert "what the goods are, in words" in text


def test_without_scripts_the_strongest_are_there() -> None:
    """A mail's preview shows fifty alerts with what each finding added."""
    text = page([reviewed(row) for row in range(1, 61)])
    rows_shown = text[text.index('<table id="list">') : text.index("</table>", text.index('<table id="list">'))]
    assert rows_shown.count("<tbody>") == 50
    assert "+30.0 SYN-GDS-001 Priority goods" in rows_shown
    assert "the 50 strongest alerts are shown" in text
    resembled = (
        "consignee “VOSTOK SYNTETIC ELECTRONICS” resembles “Vostok Synthetic Electronics LLC” (syn-1) on syn-list"
    )
    assert f"{resembled}, match score 0.97</li>" in page([blocked()])


def test_signs_that_turn_the_writing_are_shown() -> None:
    """A name cannot run backwards or hide a part: such signs stand as their numbers, also in a file's name."""
    text = page([reviewed(1, "ACME\u202egro.elpmaxe\u200b\x00\ud800")], inputs=("a\udc80b\u202e.csv",))
    assert "ACME<202e>gro.elpmaxe<200b><0><d800>" in next(alerts_of(text))[0]
    assert "a&lt;dc80&gt;b&lt;202e&gt;.csv" in text


def test_the_page_is_made_for_keyboard_and_screen_reader() -> None:
    """Language, landmarks, headings in order, labels, columns with a scope, and drawings that are named or hidden."""
    elements = Elements(page(rows()))
    assert elements.all("html")[0]["lang"] == "en"
    assert [len(elements.all(tag)) for tag in ("header", "main", "footer", "nav", "h1", "title")] == [1] * 6
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labelled = {one["for"] for one in elements.all("label")}
    assert {one["id"] for one in elements.all("input") + elements.all("select")} == labelled
    assert all(one.get("scope") for one in elements.all("th"))
    assert all(one.get("aria-hidden") == "true" or one.get("aria-label") for one in elements.all("svg"))
    assert all(one.get("aria-labelledby") or one.get("aria-label") for one in elements.all("section"))
    named = sum("aria-label" in one or "aria-labelledby" in one for one in elements.all("table"))
    assert named + len(elements.all("caption")) == len(elements.all("table"))


def colours(style: str, start: str) -> Mapping[str, str]:
    block = style[style.index(start) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block[: block.index("}")]))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("start", [":root {", "@media (prefers-color-scheme: dark)", "@media print"])
def test_every_colour_can_be_read(start: str) -> None:
    """Text reaches 4.5 to 1 on its ground, and the bars 3 to 1 (WCAG 2.2 AA), in light, dark and print."""
    style = "".join(Elements(page(rows())).text["style"])
    held = {**colours(style, ":root {"), **colours(style, start)}
    for name in ("ink", "soft", "link", "block", "review", "clear", "open"):
        assert contrast(held[name], held["paper"]) >= 4.5, name
    for ground in ("panel", "review-soft"):
        assert contrast(held["ink"], held[ground]) >= 4.5
        assert contrast(held["soft"], held["panel"]) >= 4.5
    for name in ("bar-block", "bar", "focus"):
        assert contrast(held[name], held["paper"]) >= 3, name


def test_the_file_stays_small() -> None:
    """A thousand alerts, each with names of its own, take under a megabyte: ten thousand go by mail."""
    held = [blocked(row=row, input={"Consignee": f"Synthetic {row}", "Value": str(row)}) for row in range(1, 1001)]
    assert len(page(held).encode()) < 1_000_000


def test_only_the_strongest_are_held() -> None:
    """Whatever the order of the rows, no more are kept than will be shown, ties in the order of the file."""
    subjects = Subjects(LAYOUT)
    for order in (1, -1):
        held = AlertRecords(LAYOUT, most=2)
        for row in [reviewed(1), reviewed(2), blocked(row=3), reviewed(4)][::order]:
            held.add(row, subjects.of(row))
        assert [head[0] for head, _ in held.strongest()] == [3, 1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("consignee", "VOSTOK SYNTETIC ELECTRONICS", "", "not given", "not given → not given")),
        ({"hits": ()}, ("consignee", "Buyer Ltd", "8542.31", "chips", "China → Russia")),
    ],
)
def test_an_alert_is_about_party_goods_and_route(changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    """The party that resembles a listed one comes first, else who gets the goods; countries are read as names."""
    cells = {"a": "Buyer Ltd", "b": "8542.31.0000", "c": " chips ", "d": "CN", "e": "РФ"}
    fields = dict(
        zip(
            "abcde",
            ("consignee.name", "goods.hs_code", "goods.description", "export.country", "destination.country"),
            strict=True,
        )
    )
    layout = Layout(dict(zip(cells, cells, strict=True)), fields)
    row = blocked(**changes, input=cells if changes else {})
    subject = Subjects(layout).of(row)
    assert (subject.role, subject.party, subject.code, subject.goods, subject.route) == expected


def test_what_the_mapping_says_of_every_row_counts() -> None:
    """A constant of the mapping stands where no column does."""
    layout = Layout({"a": "a"}, {"a": "consignee.name"}, constants={"destination.country": "KZ"})
    assert Subjects(layout).of(reviewed(1, input={"a": "ACME"})).route == "not given → Kazakhstan"


def test_the_shipment_of_a_line_is_named() -> None:
    """Its id, and the decision of the whole where a row has one."""
    ((head, *_),) = alerts_of(page([reviewed(1, shipment_id="0042", shipment_outcome=Outcome.BLOCK)]))
    assert head[3:5] == ["0042", "block"]


_BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
_PRINTING = """
const counted = () => [document.querySelectorAll("#list > tbody").length, document.querySelectorAll(".proof dl").length,
  document.querySelectorAll("details[open]").length];
const find = document.getElementById("decision");
const told = [counted()];
dispatchEvent(new Event("beforeprint"));
told.push(counted(), document.getElementById("printed").textContent);
dispatchEvent(new Event("afterprint"));
told.push(counted());
find.value = "block";
find.dispatchEvent(new Event("change"));
dispatchEvent(new Event("beforeprint"));
told.push(document.getElementById("printed").textContent);
document.title = JSON.stringify(told);
"""


@pytest.mark.skipif(_BROWSER is None, reason="needs Chromium")
def test_what_was_found_is_printed_with_its_proof(tmp_path: Path) -> None:
    """For paper, alerts are there up to a limit and open, with what is left out; afterwards the page is as it was."""
    held = [*(reviewed(row) for row in range(1, 271)), blocked(row=300)]
    text = re.sub(
        r"<meta http-equiv=[^>]*>", "", page(held)
    )  # the policy would keep the script of the test from running
    path = tmp_path / "page.html"
    path.write_text(text.replace("</body>", f"<script>{_PRINTING}</script></body>"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = [str(_BROWSER), *options, f"--user-data-dir={tmp_path / 'user'}", "--dump-dom", path.as_uri()]
    shown = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    before, printed, said, after, said_of_some = json.loads(title[1])
    assert before == [100, 0, 0]
    assert printed == [250, 250, 250]
    assert said.startswith("Printed with proof: the first 250 of 271 alerts. The other 21 are not on paper: ")
    assert after == [100, 100, 0]
    assert said_of_some == "Printed with proof: the one alert, those of 271 with the decision block."


def test_paper_has_a_line_of_its_own_for_what_is_on_it() -> None:
    """What is shown on the screen is not said on paper, and what is printed not on the screen."""
    text = page(rows())
    assert '<p id="status" role="status" class="note screen"></p>' in text
    assert '<p id="printed" class="paper"></p>' in text
    style = "".join(Elements(text).text["style"])
    assert "@media screen { .paper { display: none; } }" in style
    assert "nav, .tools, .skip, .screen { display: none; }" in style
