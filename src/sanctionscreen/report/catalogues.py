"""Tables of what is loaded: lists, rules, their tests, and the evidence behind all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from sanctionscreen.report.console import add_row, new_table, shown, write, write_lines
from sanctionscreen.report.printable import printable
from sanctionscreen.screening import wording

if TYPE_CHECKING:
    from sanctionscreen.evidence import EvidenceNode
    from sanctionscreen.model import NamedList
    from sanctionscreen.rules import RuleSet, RuleTestResult
    from sanctionscreen.screening import Screener


def print_lists(out: Console, screener: Screener, named: Iterable[NamedList]) -> None:
    """What is loaded: lists of parties, lists of values, and the fingerprints of everything that decides."""
    write(out, f"Lists of parties, as of {screener.as_of}", "bold")
    table = new_table(
        ("list", ""), ("measure", ""), ("entries", "right"), ("checked", ""), ("title", ""), ("issuer", "")
    )
    for info in screener.sources.lists:
        checked = info.retrieved.isoformat() if info.retrieved else "not known"
        measure = wording.MEASURES.get(info.measure, info.measure)
        add_row(table, info.id, measure, f"{info.count:,}", checked, info.title, info.issuer)
    write(out, table)
    write(out)
    write(out, "Countries, codes and words that rules ask for", "bold")
    values = new_table(("name", ""), ("kind", ""), ("values", "right"), ("as of", ""), ("source", ""))
    for one in named:
        add_row(values, one.name, one.kind, f"{len(one.values):,}", one.as_of, one.citation)
    write(out, values)
    write(out)
    write(out, "Fingerprints (SHA-256)", "bold")
    for what in ("lists", "rules", "profile", "code"):
        write(out, f"{what:8} {getattr(screener.fingerprints, what)}")


def print_rules(out: Console, ruleset: RuleSet, live: Collection[str], warnings: Iterable[str]) -> None:
    """All rules, one line each; those not in force today or for this exporter are marked."""
    table = new_table(
        ("rule", ""),
        ("version", "right"),
        ("status", ""),
        ("level", ""),
        ("weight", "right"),
        ("gate", ""),
        ("title", ""),
    )
    for rule in ruleset.rules:
        title = rule.title if rule.id in live else f"{rule.title} (not in force)"
        add_row(table, rule.id, rule.version, rule.status, rule.level, f"{rule.weight:g}", rule.gate, title)
    write(out, table)
    in_force = sum(rule.id in live for rule in ruleset.rules)
    write(out, f"{len(ruleset.rules)} rules, {in_force} in force; fingerprint {ruleset.fingerprint}", "bold")
    write_lines(out, "Changed by own packs", ruleset.changes)
    write_lines(out, "Warnings", warnings)


def print_rule_tests(out: Console, results: Sequence[RuleTestResult]) -> None:
    """Which tests of rules failed, and how many there were."""
    failed = [result for result in results if not result.passed]
    for result in failed:
        said = f"frames say {result.batch}, records say {result.single}"
        write(out, f"{result.rule} {result.test!r}: expected {result.expected}; {said}. {result.note}", "red")
    tested = len({result.rule for result in results})
    passed = f"{len(results) - len(failed):,} of {len(results):,} tests of {tested:,} rules passed"
    write(out, f"{passed}, each over frames and over single records", "bold")


def print_evidence(out: Console, node: EvidenceNode) -> None:
    """A piece of evidence with all that hangs on it, as a tree."""
    write(out, _branch(Tree(_node(node)), node))


def _branch(tree: Tree, node: EvidenceNode) -> Tree:
    for child in node.children:
        _branch(tree.add(_node(child)), child)
    return tree


def _node(node: EvidenceNode) -> Text:
    relation = f"{node.relation}: " if node.relation else ""
    head = shown(f"{relation}{node.kind} {node.id}", "bold").append(printable(f" {node.title}"), style="not bold")
    for line in node.lines:
        head.append(printable(f"  {line}").join(["\n", ""]), style="not bold")
    return head
