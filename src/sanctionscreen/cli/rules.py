"""The group `rules`, and its `test` and `list`: the rules prove themselves, and say what they are."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options, rules_lock, rules_reference, rules_study
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json
from sanctionscreen.errors import InputError, suggestion

if TYPE_CHECKING:
    from sanctionscreen.rules import RuleSet


def app() -> typer.Typer:
    """The commands of the group."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.command("test")(run_tests)
    group.command("list")(list_rules)
    group.command("check")(rules_lock.check)
    group.command("lock")(rules_lock.lock_rules)
    group.command("stats")(rules_study.stats)
    group.command("backtest")(rules_study.backtest)
    rules_reference.register(group)
    return group


def run_tests(
    packs: options.Packs = None,
    goods: options.Goods = None,
    rule: Annotated[str | None, typer.Option("--id", metavar="ID", help="Test only this rule.")] = None,
    junit: rules_reference.JunitFile = None,
    as_json: options.AsJson = False,
) -> int:
    """Run the tests inside every rule, over frames and over single records; exit with 1 when one fails."""
    from sanctionscreen import rules

    ruleset = _load(packs or [], options.existing(goods, "goods file"))
    _known(ruleset, rule)
    results = rules.run_tests(ruleset, rule)
    rules_reference.write_junit(junit, results)
    if as_json:
        from sanctionscreen.report.facts import rule_test_object

        print_json([rule_test_object(result) for result in results])
    else:
        from sanctionscreen.report import catalogues, console

        catalogues.print_rule_tests(console.console(sys.stdout), results)
    return ExitCode.DONE if all(result.passed for result in results) else ExitCode.FINDINGS


def list_rules(
    packs: options.Packs = None,
    goods: options.Goods = None,
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """List the rules: what they look for, what they add, and which of them are in force."""
    from sanctionscreen.screening import Screener
    from sanctionscreen.screening.sources import load_sources

    own_goods = options.existing(goods, "goods file")
    sources = load_sources(packs=packs or (), profile=profile, goods=own_goods)
    screener = Screener(sources, as_of or date.today())  # noqa: DTZ011  # a calendar day, taken once
    every, live = screener.sources.rules, {rule.id for rule in screener.rules.rules}
    if as_json:
        from sanctionscreen.report.facts import rule_object

        print_json([rule_object(rule, in_force=rule.id in live) for rule in every.rules])
    else:
        from sanctionscreen.report import catalogues, console

        catalogues.print_rules(console.console(sys.stdout), every, live, screener.rules.warnings)
    return ExitCode.DONE


def _load(packs: list[Path], goods: list[Path]) -> RuleSet:
    from sanctionscreen.screening.sources import load_sources

    return load_sources(packs=packs, goods=goods).rules


def _known(ruleset: RuleSet, rule: str | None) -> None:
    ids = [held.id for held in ruleset.rules]
    if rule is not None and rule not in ids:
        raise InputError(f"no rule {rule!r}{suggestion(rule, ids)}")
