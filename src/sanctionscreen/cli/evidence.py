"""`evidence`: from a document to its claims, entries, goods and rules, and back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json


def evidence(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a document, claim, list entry, goods category or rule.")
    ],
    packs: options.Packs = None,
    as_json: options.AsJson = False,
) -> int:
    """Walk the evidence: what a document says, what was made of it, and where a rule or an entry comes from."""
    from sanctionscreen.evidence import index_of
    from sanctionscreen.screening.sources import load_sources

    node = index_of(load_sources(packs=packs or ())).walk(id_)
    if as_json:
        from sanctionscreen.report.facts import evidence_object

        print_json(evidence_object(node))
    else:
        from sanctionscreen.report import catalogues, console

        catalogues.print_evidence(console.console(sys.stdout), node)
    return ExitCode.DONE
