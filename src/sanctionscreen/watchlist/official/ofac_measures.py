"""What a listing of OFAC means: frozen assets on the SDN list, narrower measures on the lists beside it.

The consolidated files hold several lists that freeze nothing. Only the programme, or in the newer formats the list that
an entry names, says which (ofac.treasury.gov, "Consolidated Sanctions List (Non-SDN Lists)").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Measure
from sanctionscreen.watchlist.official.reading import Draft, Report

UMBRELLA = "Consolidated List"
"""The name of the file, not of a list: each entry has a list of its own besides."""

# How sure each line is. Property is blocked for the SDN list alone, and OFAC's other lists are non-blocking (OFAC FAQ
# 91), so that nothing here freezes is sure. Behind each line stands where its law was read: "entries" are the words of
# the entries of the consolidated file of March 2025, which name directives and sections; CFR parts: general knowledge.
_LISTS: Mapping[str, Measure] = {
    "SDN List": "asset_freeze",  # OFAC FAQ 91
    "Sectoral Sanctions Identifications List": "sectoral",  # OFAC's description: Executive Order 13662; entries
    "Non-SDN CMIC List": "sectoral",  # OFAC's FAQs on Executive Order 13959, as amended: securities
    "Non-SDN Chinese Military-Industrial Complex Companies List": "sectoral",  # the same, written in full
    "Non-SDN Menu-Based Sanctions List": "sectoral",  # OFAC's FAQs on section 235 of CAATSA: non-blocking; entries
    "Non-SDN Palestinian Legislative Council List": "sectoral",  # General License 4 of 2006: transfers are rejected
    "CAPTA List": "sectoral",  # 84 FR 9457: correspondent and payable-through accounts
    "FSE List": "sectoral",  # OFAC's description: Executive Order 13608
    "Foreign Sanctions Evaders List": "sectoral",  # the same
}

_PROGRAMMES: Mapping[str, Measure] = {
    "UKRAINE-EO13662": "sectoral",  # Executive Order 13662, directives 1 to 4: debt, oil projects (31 CFR 589); entries
    "UKRAINE-EO13685": "sectoral",  # Executive Order 13685, beside a directive of 13662 (31 CFR 589); general knowledge
    "RUSSIA-EO14024": "sectoral",  # Executive Order 14024, its directives: debt, bank accounts (31 CFR 587); entries
    "CMIC-EO13959": "sectoral",  # Executive Order 13959 as amended by 14032: securities (31 CFR 586); OFAC's FAQs
    "NS-PLC": "sectoral",  # Palestinian Legislative Council: transfers are rejected (31 CFR 594); General License 4
    "561-Related": "sectoral",  # correspondent and payable-through accounts (31 CFR 561); 84 FR 9457
    "CAPTA": "sectoral",  # the same, all programmes
    "CAATSA - RUSSIA": "sectoral",  # CAATSA sections 231 and 235: loans, export licences, Export-Import Bank; entries
    "BURMA-EO14014": "sectoral",  # Executive Order 14014, directive 1: financial services (31 CFR 525); entries
    "ILLICIT-DRUGS-EO14059": "sectoral",  # Executive Order 14059, menu of section 1: loans, foreign exchange; entries
    "VENEZUELA-EO13850": "sectoral",  # beside a directive of 13662; nothing frozen; entries
    "IRAN-CON-ARMS-EO": "sectoral",  # beside a directive of 13662; nothing frozen; entries
    "HKAA": "sectoral",  # Hong Kong Autonomy Act, menu of section 7; general knowledge, in no file seen
    "FSE-IR": "sectoral",  # Executive Order 13608: no dealings, nothing frozen; OFAC's description
    "FSE-SY": "sectoral",  # the same
}
"""What the programmes of the consolidated files mean there. On the SDN list the same words mean frozen assets."""

_BESIDE = frozenset({"SDGT", "SYRIA"})
"""Of entries that are on the SDN list as well; they say nothing about the list beside it."""

_NEVER_SDN = frozenset({"CMIC-EO13959", "561-Related", "NS-PLC", "HKAA"})
"""Without another programme no SDN entry has these: the file is the wrong one."""

_LOST = "entries without a programme of the consolidated lists"


def by_list(draft: Draft, lists: Collection[str], report: Report) -> None:
    """Set the measure by the lists that an entry names; the strongest stands.

    Raises:
        WatchlistError: a list is not known, so what a hit means is not.
    """
    for name in lists:
        if name != UMBRELLA and name not in _LISTS:
            raise WatchlistError(
                f"entry {draft.id} is on {name!r}, which is not known; known are {', '.join(sorted(_LISTS))}",
                Location(draft.source),
            )
    measures = {_LISTS[name] for name in lists if name != UMBRELLA}
    if measures:
        draft.measure = "asset_freeze" if "asset_freeze" in measures else "sectoral"
    else:
        by_programme(draft, report)


def by_programme(draft: Draft, report: Report) -> None:
    """Set the measure by the programmes, where the file is of the consolidated lists.

    Raises:
        WatchlistError: the entry cannot be of the list that the file is said to be.
    """
    programmes = set(draft.programmes)
    if report.measure == "asset_freeze":
        if programmes and programmes <= _NEVER_SDN:
            raise WatchlistError(
                f"entry {draft.id} has the programme {', '.join(sorted(programmes))}, which is of the consolidated "
                "lists; is it the SDN list?",
                Location(draft.source),
            )
        return
    draft.measure = "sectoral"
    for programme in sorted(programmes - set(_PROGRAMMES) - _BESIDE):
        report.unknown[f"programme {programme!r}, taken as sectoral"] += 1
    report.counts[_LOST] += not programmes & set(_PROGRAMMES)


def check_programmes(report: Report, file: str) -> None:
    """After the last entry.

    Raises:
        WatchlistError: most entries have no programme of the consolidated lists: it is the SDN list.
    """
    lost = report.counts.pop(_LOST, 0)
    if lost * 2 > report.counts["entries"]:
        raise WatchlistError(
            f"{lost:,} of {report.counts['entries']:,} entries have no programme of the consolidated lists; "
            "is it the SDN list?",
            Location(file),
        )
