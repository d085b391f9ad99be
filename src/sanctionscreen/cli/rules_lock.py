"""`rules check` and `rules lock`: a pack is read whole, doubtful places are named, and no meaning changes unseen."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, leaves, say
from sanctionscreen.cli.output import Format, Target, check_target, opened, print_json
from sanctionscreen.errors import RuleError

if TYPE_CHECKING:
    from sanctionscreen.model import NamedList
    from sanctionscreen.report.pack_check import PackCheck
    from sanctionscreen.screening.sources import Sources

_DAYS = re.compile(r"(\d{1,4})\s*d?")


def _span(text: str) -> timedelta:
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"{text!r} is no number of days; write 30d")
    return timedelta(days=int(found[1]))


def check(
    pack: Annotated[
        Path | None,
        typer.Argument(metavar="[PACK]", help="Own rule pack, a file or a folder; without one, the built-in pack."),
    ] = None,
    lock: Annotated[
        Path | None,
        typer.Option(
            "--lock",
            metavar="FILE",
            help="Lock file to compare with; without it, rules.lock.json in the pack's folder, where there is one.",
        ),
    ] = None,
    expiring: Annotated[
        timedelta,
        typer.Option(
            "--expiring", metavar="DAYS", parser=_span, help="Name the exceptions that lapse within this time."
        ),
    ] = "30d",  # type: ignore[assignment]  # Typer parses the default as it parses what is typed
    profile: options.Profile = None,
    goods: options.Goods = None,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """Read a pack over the built-in one; say every fault and doubtful place with file, line and column.

    Exits with 1 on a fault, and where a rule has changed its meaning since the lock and kept its version, has
    vanished, or has come back. Warnings alone exit with 0.
    """
    packs = _own(pack)
    try:
        sources = _load(packs, profile, options.existing(goods, "goods file"))
    except (ExceptionGroup, RuleError) as error:
        faults = list(leaves(error))
        if not all(isinstance(fault, RuleError) for fault in faults):
            raise
        return _refused([fault for fault in faults if isinstance(fault, RuleError)], as_json=as_json)
    from sanctionscreen.report import console, pack_check

    day = as_of or date.today()  # noqa: DTZ011  # a calendar day, taken once
    checked = _examined(pack, sources, day, expiring, lock)
    if as_json:
        print_json(pack_check.pack_check_object(checked))
    else:
        pack_check.print_pack_check(console.console(sys.stdout), checked)
    for fault in checked.faults:
        say(str(fault))
    return ExitCode.FINDINGS if checked.faults else ExitCode.DONE


def lock_rules(
    packs: options.Packs = None,
    goods: options.Goods = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Lock file; without one, standard output."),
    ] = None,
) -> int:
    """Write down what every rule of a pack means today: the lock that `rules check` compares with.

    An existing lock file is carried on: rules that have gone stay in it as removed. It is not overwritten while a
    rule has changed its meaning and kept its version, or has vanished without being deprecated first; delete the
    file to start anew.
    """
    from sanctionscreen.rules.lock import changes, lock_of, lock_text, read_lock

    target = Target(output, Format.JSONL)
    check_target(target, packs or ())
    sources = _load(options.existing(packs, "rule pack"), None, options.existing(goods, "goods file"))
    data = _data_lists(sources)
    before = read_lock(output) if output is not None and output.is_file() else None
    faults = changes(before, sources.rules, data) if before else []
    for fault in faults:
        say(str(fault))
    if faults:
        say(f"{output} was left as it is")
        return ExitCode.FINDINGS
    with opened(target) as stream:
        stream.write(lock_text(lock_of(sources.rules, data, before)))
    return ExitCode.DONE


def _own(pack: Path | None) -> list[Path]:
    """The packs over the built-in one; the built-in one itself is there already."""
    from sanctionscreen.rules import built_in_pack

    given = options.existing([pack] if pack else [], "rule pack")
    return [one for one in given if one.resolve() != built_in_pack().resolve()]


def _load(packs: list[Path], profile: Path | None, goods: list[Path]) -> Sources:
    from sanctionscreen.screening.sources import load_sources

    return load_sources(packs=packs, profile=profile, goods=goods)


def _data_lists(sources: Sources) -> Mapping[str, NamedList]:
    return {**sources.geography.lists, **sources.goods.named_lists}


def _refused(faults: list[RuleError], *, as_json: bool) -> int:
    if as_json:
        from sanctionscreen.report.pack_check import faults_object

        print_json({"loads": False, "faults": faults_object(faults)})
    for fault in faults:
        say(str(fault))
    say(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}; the pack would not load")
    return ExitCode.FINDINGS


def _examined(pack: Path | None, sources: Sources, day: date, expiring: timedelta, lock: Path | None) -> PackCheck:
    from sanctionscreen.report.pack_check import PackCheck
    from sanctionscreen.rules import built_in_pack
    from sanctionscreen.rules.lint import lint
    from sanctionscreen.rules.lock import aged, changes, lock_beside, read_lock

    ruleset, data = sources.rules, _data_lists(sources)
    found = lint(
        ruleset,
        day,
        sources.profile.jurisdictions,
        expiring=expiring,
        unverified={one.id for one in sources.seeds.documents.values() if one.confidence.startswith("low")},
    )
    where = lock or lock_beside(pack or built_in_pack())
    before = read_lock(where) if where else None
    return PackCheck(
        str(pack or "the built-in pack"),
        ruleset,
        day,
        tuple(found),
        str(where or ""),
        tuple(aged(before, ruleset, data)) if before else (),
        tuple(changes(before, ruleset, data)) if before else (),
    )
