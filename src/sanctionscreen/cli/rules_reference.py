"""`rules show`, `docs`, `coverage`, `schema`, `new`: the rules as their readers and their authors need them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, say
from sanctionscreen.cli.output import Format, Target, check_target, opened, print_json
from sanctionscreen.errors import InputError, Location, suggestion

if TYPE_CHECKING:
    from sanctionscreen.rules import RuleTestResult
    from sanctionscreen.screening.sources import Sources

_MISTAKABLE = 3
"""So many pages that this run did not write are named."""

_File = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file; default: standard output.")
]
JunitFile = Annotated[
    Path | None, typer.Option("--junit", metavar="FILE", help="Write the results as JUnit XML too, for build servers.")
]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `rules`."""
    group.command("show")(show)
    group.command("docs")(docs)
    group.command("coverage")(coverage)
    group.command("schema")(schema)
    group.command("new")(new)


def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a rule, such as RU-GDS-003.")],
    packs: options.Packs = None,
    profile: options.Profile = None,
    goods: options.Goods = None,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """Show one rule in full: why, logic in words, lists with their sources, references, false positives, tests."""
    sources = _sources(packs, profile, options.existing(goods, "goods file"))
    rule = sources.rules.rule(rule_id.strip().upper())
    if rule is None:
        raise InputError(f"no rule {rule_id!r}{suggestion(rule_id, [one.id for one in sources.rules.rules])}")
    day = as_of or date.today()  # noqa: DTZ011  # a calendar day, taken once
    in_force = rule.applies(day, sources.profile.jurisdictions)
    from sanctionscreen.report import rule_sheet

    if as_json:
        print_json(rule_sheet.rule_sheet_object(rule, sources.rules, in_force=in_force))
    else:
        from sanctionscreen.report import console

        rule_sheet.print_rule(console.console(sys.stdout), rule, sources.rules, in_force=in_force)
    return ExitCode.DONE


def docs(
    packs: options.Packs = None,
    profile: options.Profile = None,
    goods: options.Goods = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="A folder, which gets an index and one page a rule, or a .md file; default: standard output.",
        ),
    ] = None,
) -> int:
    """Write the reference of the rules in Markdown; the same rules give the same bytes."""
    from sanctionscreen.report.rule_pages import rule_book, rule_pages

    sources = _sources(packs, profile, options.existing(goods, "goods file"))
    if output is None or output.suffix == ".md":
        _write(output, rule_book(sources.rules, sources.profile))
    else:
        _write_folder(output, rule_pages(sources.rules, sources.profile))
    return ExitCode.DONE


def coverage(
    packs: options.Packs = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only what no rule covers, or not whole.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print the matrix as a Markdown page.")] = False,
    as_json: options.AsJson = False,
) -> int:
    """Show which published red flags the rules cover, by document and by rule, and the gaps with their reasons."""
    from sanctionscreen.report import red_flags
    from sanctionscreen.rules import built_in_pack
    from sanctionscreen.rules.red_flags import load_red_flags

    sources = _sources(packs, None)
    published = load_red_flags([built_in_pack(), *(packs or ())])
    found = red_flags.matrix(published, sources.rules.rules, sources.seeds.documents)
    if as_json:
        print_json(red_flags.coverage_object(found))
    elif as_markdown:
        _write(None, red_flags.coverage_page(found))
    else:
        from sanctionscreen.report import console

        red_flags.print_coverage(console.console(sys.stdout), found, missing=missing)
    return ExitCode.DONE


def schema(output: _File = None) -> int:
    """Print the JSON Schema of packs and rule files, with which an editor completes and explains their keys."""
    from sanctionscreen.rules.schema import schema_text

    _write(output, schema_text())
    return ExitCode.DONE


def new(
    rule_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id of the new rule, such as ACME-GDS-001.")
    ] = None,
    pack: Annotated[str | None, typer.Option("--pack", metavar="ID", help="A new pack instead, such as acme.")] = None,
    output: _File = None,
) -> int:
    """Print a commented template that passes `rules check`: of a rule, or of a pack over the built-in one."""
    from sanctionscreen.rules.template import pack_template, rule_template

    if (rule_id is None) is (pack is None):
        raise InputError("name one thing to begin: a rule (rules new ACME-GDS-001) or a pack (rules new --pack acme)")
    if output is not None and output.exists():
        raise InputError("exists already; name a file that does not", Location(str(output)))
    if rule_id is not None and _sources(None, None).rules.rule(rule_id) is not None:
        raise InputError(f"rule {rule_id} exists; change it with overrides in your own pack, or take another number")
    _write(output, pack_template(pack) if pack is not None else rule_template(str(rule_id)))
    return ExitCode.DONE


def write_junit(path: Path | None, results: list[RuleTestResult]) -> None:
    """The results of `rules test` as JUnit XML, where they are asked for."""
    if path is not None:
        from sanctionscreen.report.junit import junit

        _write(path, junit(results))


def _sources(packs: list[Path] | None, profile: Path | None, goods: list[Path] | None = None) -> Sources:
    from sanctionscreen.screening.sources import load_sources

    return load_sources(packs=packs or (), profile=profile, goods=goods or ())


def _write(path: Path | None, text: str) -> None:
    target = Target(path, Format.CSV)
    check_target(target, ())
    with opened(target) as stream:
        stream.write(text)


def _write_folder(folder: Path, pages: Mapping[str, str]) -> None:
    """Every page under its name; pages of rules that are gone are left to whoever owns the folder."""
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file; name a folder, or a file that ends in .md", Location(str(folder)))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as bad:
        raise InputError(f"cannot be made: {bad.strerror or bad}", Location(str(folder))) from bad
    for name, text in pages.items():
        _write(folder / name, text)
    others = sorted(found.name for found in folder.glob("*.md") if found.name not in pages)
    if others:
        named = ", ".join(others[:_MISTAKABLE]) + (", …" if len(others) > _MISTAKABLE else "")
        say(f"{folder} holds {len(others)} more, which this run did not write: {named}")
