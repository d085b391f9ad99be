"""`check`: one name against the lists, with the comparison that led there."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.official import lists_of
from sanctionscreen.cli.output import print_json
from sanctionscreen.errors import InputError

if TYPE_CHECKING:
    from sanctionscreen.screening import NameCheck


class NameKind(StrEnum):
    """What the name is the name of."""

    ANY = "any"
    PERSON = "person"
    COMPANY = "company"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class FailOnStatus(StrEnum):
    """Standing of a hit, weakest first: `context` is any hit, `official` only one on an official list."""

    CONTEXT = "context"
    PRESS = "press"
    OFFICIAL = "official"

    @property
    def rank(self) -> int:
        return list(FailOnStatus).index(self)


def check(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name as written, in any script.")],
    kind: Annotated[
        NameKind,
        typer.Option("--kind", metavar="any|person|company|vessel|aircraft", help="What the name is the name of."),
    ] = NameKind.ANY,
    country: Annotated[
        str | None, typer.Option("--country", metavar="COUNTRY", help="Country of the party: a code or a name.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most so many hits.")] = 5,
    lists: options.Lists = None,
    data_dir: options.DataDir = None,
    allow_stale: options.AllowStale = False,
    as_of: options.AsOf = None,
    fail_on: Annotated[
        FailOnStatus | None,
        typer.Option(
            "--fail-on", metavar="context|press|official", help="Exit with 1 on a hit of this standing or a higher one."
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Compare one name with the lists and show how each match score comes about.

    A hit asks for a person to look; no hit means: nothing found on the lists loaded; it is not an all-clear.
    """
    _comparable(name)
    known: dict[str, Any] = {"watchlists": options.existing(lists, "watchlist"), "as_of": as_of}
    known |= lists_of(data_dir, allow_stale=allow_stale)
    if as_json:
        from sanctionscreen.report.facts import name_check_object
        from sanctionscreen.screening import Screener

        screener = Screener.build(**known)  # whose fingerprints, of goods and rules too, stand beside the facts
        found = screener.check(name, kind=kind.value, country=_country(country), limit=limit)
        print_json(name_check_object(name, found, screener.fingerprints))
    else:
        from sanctionscreen.report import console, terminal
        from sanctionscreen.screening.listed import load_listed

        found = load_listed(**known).check(name, kind=kind.value, country=_country(country), limit=limit)
        terminal.print_name_checks(console.console(sys.stdout), name, found)
    return _code(found, fail_on)


def _comparable(name: str) -> None:
    """Nothing to compare is no clean result."""
    from sanctionscreen.text.comparable import lacking, spaced

    if lacking(spaced(name)):
        raise InputError(f"{name!r:.80} holds nothing that can be compared; it was not screened")


def _country(text: str | None) -> str | None:
    from sanctionscreen import countries

    if text is None:
        return None
    found = countries.lookup(text)
    if found is None:
        raise InputError(f"{text!r:.40} is no country; write an ISO code such as KZ, or the country's name")
    return found


def _code(found: list[NameCheck], fail_on: FailOnStatus | None) -> int:
    if fail_on is not None and any(FailOnStatus(one.party.status).rank >= fail_on.rank for one in found):
        return ExitCode.FINDINGS
    return ExitCode.DONE
