"""Which single fact would give a line a lower decision: each is tried, by deriving and judging the line with it.

A change names what would have to be true of the trade, never what to write: the facts are other parties, goods and
places, or papers that exist, and a fact that was not tried is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sanctionscreen.countries import names as country_names
from sanctionscreen.fields import FIELDS, GIVEN, PARTY_NAMES, ROLES, FieldType
from sanctionscreen.model import Assessment, Decision, Evidence, Finding, Line, Outcome
from sanctionscreen.rules.conditions import leaves
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.parties import PartyQuery, PartyScreen, queries_of
from sanctionscreen.screening.trade_words import claim, subject
from sanctionscreen.screening.wording import words
from sanctionscreen.text.party_cells import read_party_cell

MOST_TRIED = 120
"""Candidates that are judged for one line, at most: a line with many findings must not take a minute to explain."""
_MOST_NAMED = 6
"""Countries that a sentence names one by one."""

# Ordinary values to try a fact with. They decide nothing: what they do to the line is found by judging it.
_PARTY = "Quillfeather Brass Works"
_GOODS = MappingProxyType({"goods.description": "Wooden chairs", "goods.hs_code": "940169"})
_ORDINARY = MappingProxyType(
    {
        "address": "1 Market Square",
        "website": "www.quillfeather.example",
        "email": "office@quillfeather.example",
        "phone": "+44 20 0000 0000",
        "shipment.end_use": "own production",
        "payment.terms": "irrevocable letter of credit",
        "payment.currency": "EUR",
        "route.port_of_loading": "Hamburg",
        "route.port_of_discharge": "Hamburg",
    }
)
_OWNER_OF = "owner_of_"
_EMBARGO = "geo.embargo"
"""Where a line would be better off in Russia or Belarus, that is no advice to give."""
_USUAL = ("BR", "DE")
"""Countries to try first, where it is all the same to the rules."""
_PLACES = (*(f"{role}.address" for role in ROLES), "route.port_of_loading", "route.port_of_discharge")
_COUNTRIES = tuple(name for name in GIVEN if FIELDS[name].type is FieldType.COUNTRY)
_NAME_QUALITY = ("quality.to_order", "quality.same_as_consignee", "quality.missing_consignee", "quality.cut_name")
_SPOILT_NAMES = ("quality.mixed_scripts", "quality.invisible_characters")
_FIXED = frozenset({"shipment.id", "shipment.line", "shipment.date", "shipment.amended_on", "goods.unit"})
"""Fields that say which line it is: another day or number would be another shipment."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that, were it so, would give the line a lower decision."""

    fields: tuple[str, ...]
    """Where the line says otherwise."""
    fact: str
    """Such as `the end user were known, and not listed`."""
    now: str
    """What the line says."""
    tested_with: str
    """The value that the line was judged with."""
    outcome: Outcome
    tenths: int

    @property
    def sentence(self) -> str:
        """The change as a sentence without its full stop."""
        to = "clear" if self.outcome is Outcome.CLEAR else f"only a {self.outcome.value}"
        return f"would be {to} if {self.fact}"


@dataclass(frozen=True, slots=True)
class _Candidate:
    fields: tuple[str, ...]
    fact: str
    tested_with: str
    values: Mapping[str, Any]
    unlisted: str = ""
    """A party as written that is to be on no list."""
    unplaced: str = ""
    """A party as written whose address is to be nobody's on a list."""


class _Trial:
    """A line that can be derived and judged again with one fact changed."""

    def __init__(self, judge: Judge, deriver: Deriver, derived: Derived, assessment: Assessment) -> None:
        self.judge, self._deriver, self.derived, self.assessment = judge, deriver, derived, assessment
        line = derived.line
        given = {name: value for name, value in line.values.items() if name in GIVEN}
        # What other lines say does not change with this one, so the features stay.
        self._features = {name: value for name, value in line.values.items() if name.startswith(PREFIX)}
        self._line = Line(given, line.unreadable, line.warnings, line.raw)
        self._left = MOST_TRIED

    @property
    def values(self) -> Mapping[str, Any]:
        return self.derived.line.values

    def collected(self, name: str) -> bool:
        return name in self._line.values

    def is_occupied(self, text: str) -> bool:
        """A country cell that names occupied territory."""
        return self._deriver.geography.is_occupied(text, None, on=self._deriver.as_of)

    def decide(self, candidate: _Candidate | None = None) -> Decision | None:
        """The decision with a fact changed; None when enough was tried."""
        if self._left <= 0:
            return None
        self._left -= 1
        line, deriver = self._line, self._deriver
        if candidate is not None:
            line = _with(line, candidate.values)
            if candidate.unlisted or candidate.unplaced:
                deriver = replace(deriver, parties=_without(deriver.parties, line, candidate))
        derived = deriver.derive(line)
        derived = replace(derived, line=derived.line.with_values(self._features))
        truths = self.judge.truths(derived.line)
        return self.judge.assess(self.assessment.row, derived, truths, {}).decision

    def said(self, name: str) -> str:
        """What the line says in a cell."""
        if name in self.derived.line.unreadable:
            return "cannot be read"
        value = self.values.get(name)
        return "not given" if value is None else words(name, value)

    def lowered(self, candidate: _Candidate) -> Change | None:
        """The candidate as a change; None when the decision does not fall with it."""
        found = self.decide(candidate)
        if found is None or not _is_lower(found, self.assessment.decision):
            return None
        now = dict.fromkeys(self.said(name) for name in candidate.fields)
        return Change(
            candidate.fields, candidate.fact, "; ".join(now), candidate.tested_with, found.outcome, found.tenths
        )


def lowering_changes(judge: Judge, deriver: Deriver, derived: Derived, assessment: Assessment) -> tuple[Change, ...]:
    """The single facts that would give a line a lower decision, the lowest first.

    Each comes from the evidence of a finding that counts, or from a field that a gate misses; the line is derived and
    judged again with it, and it is named only when the decision falls.
    """
    if assessment.decision.outcome is Outcome.CLEAR:
        return ()
    trial = _Trial(judge, deriver, derived, assessment)
    again = trial.decide()
    if again is None or again.outcome is not assessment.decision.outcome:
        return ()  # the line alone does not say what was judged, so nothing can be tried on it
    found: dict[str, Change] = {}
    for change in _changes(trial):
        held = found.get(change.fact)
        if held is None or change.outcome.rank < held.outcome.rank:
            found[change.fact] = change
    return tuple(sorted(found.values(), key=lambda one: (one.outcome.rank, one.tenths)))


def _changes(trial: _Trial) -> Iterator[Change]:
    tried: set[str] = set()
    for candidate in _candidates(trial):
        key = repr((candidate.fields, dict(candidate.values), candidate.unlisted, candidate.unplaced))
        if key in tried:
            continue
        tried.add(key)
        if change := trial.lowered(candidate):
            yield change
    for name in _countries_asked(trial):
        yield from _country_changes(trial, name)


def _is_lower(found: Decision, now: Decision) -> bool:
    return found.outcome is not Outcome.NOT_SCREENABLE and found.outcome.rank < now.outcome.rank


def _with(line: Line, values: Mapping[str, Any]) -> Line:
    """The line with other cells, as if they had been written so."""
    raw = {name: text for name, text in line.raw.items() if name not in values}
    raw |= {name: value for name, value in values.items() if name in line.raw and isinstance(value, str)}
    warnings = tuple(one for one in line.warnings if one.field not in values)
    return Line({**line.values, **values}, line.unreadable - values.keys(), warnings, raw)


def _without(parties: PartyScreen, line: Line, candidate: _Candidate) -> PartyScreen:
    """The same lists, on which one party as written is nobody's, or its address is not."""
    queries = [*dict(queries_of(line.values)).values(), *parties.known]
    seen = {}
    for query in queries:
        written = _written(query)
        if written in (candidate.unlisted, candidate.unplaced) and query in parties.known:
            found = parties.known[query]
            seen[query] = replace(
                found,
                hits=() if written == candidate.unlisted else found.hits,
                address_hits=() if written == candidate.unplaced else found.address_hits,
            )
    return PartyScreen(parties.parties, parties.index, parties.as_of, seen)


def _written(query: PartyQuery) -> str:
    return query.name or query.identifier or query.address


# --- candidates -------------------------------------------------------------------------------------------------------


def _candidates(trial: _Trial) -> Iterator[_Candidate]:
    """What could be otherwise: from the evidence of the findings that count, and from what a gate misses."""
    if trial.assessment.decision.outcome is Outcome.NOT_SCREENABLE:
        yield from _readable_names(trial)
        return
    for _, part in _evidence(trial):
        yield from _of_evidence(trial, part)
    for name in _missed(trial):
        yield from _of_gap(trial, name)


def _evidence(trial: _Trial) -> Iterator[tuple[Finding, Evidence]]:
    for finding in trial.assessment.findings:
        if not finding.shadow and not finding.suppressed_by:
            yield from ((finding, part) for part in finding.evidence)


def _missed(trial: _Trial) -> list[str]:
    """The fields for want of which a gate of the profile asks."""
    levels = {gate.if_unknown_level for gate in trial.judge.profile.gates if gate.if_unknown_level}
    found = (name for rule in trial.assessment.unknown if rule.level in levels for name in rule.missing)
    return list(dict.fromkeys(found))


def _readable_names(trial: _Trial) -> Iterator[_Candidate]:
    for name in PARTY_NAMES:
        text = trial.values.get(name)
        if text and read_party_cell(text).kind == "unreadable":
            yield _named(name, f"{subject(name)} were named readably, and not listed")


def _of_evidence(trial: _Trial, part: Evidence) -> Iterator[_Candidate]:
    field = part.field
    if field in ("party_hits", "owner_hits"):
        yield from _unlisted(trial, part)
    elif field == "address_hits":
        yield from _unplaced(part)
    elif field.startswith("ownership."):
        yield from _unlisted(trial, Evidence("owner_hits", "any", None, trial.values.get("owner_hits") or ()))
    elif field == "place.occupied":
        yield from _elsewhere(trial)
    elif field in _NAME_QUALITY or field in _SPOILT_NAMES:
        yield from _known_parties(trial, field)
    elif field == "transit.countries" or field.endswith(".owners"):
        yield from _fewer(trial, part)
    elif _is_of_goods(field):
        yield _other_goods()
    elif trial.collected(field) and field not in _FIXED:
        yield from _of_given(trial, part)


def _is_of_goods(field: str) -> bool:
    derived = field.startswith("goods.") and FIELDS[field].derived
    return derived or field in (*_GOODS, "quality.missing_hs_code", "quality.missing_description")


def _unlisted(trial: _Trial, part: Evidence) -> Iterator[_Candidate]:
    """Each party behind a finding as nobody on a list, in every role in which it stands."""
    for who in dict.fromkeys(str(hit.get("name") or "") for hit in part.matched or ()):
        behind = [str(hit["role"]) for hit in part.matched if hit.get("name") == who]
        roles = dict.fromkeys([*behind, *(hit.role for hit in trial.derived.hits if hit.name == who)])
        said = " and ".join(f"the {_role_words(role)}" for role in sorted(roles, key=_place))
        fields = tuple(_cell_of(role) for role in sorted(roles, key=_place))
        yield _Candidate(fields, f"{said} ('{who}') were not listed", "the same party, on no list", {}, unlisted=who)


def _place(role: str) -> tuple[bool, int]:
    """Roles in their usual order, owners after those whom they own."""
    part = role.removeprefix(_OWNER_OF)
    return part != role, ROLES.index(part) if part in ROLES else len(ROLES)


def _role_words(role: str) -> str:
    """A role, or an owner's, as a sentence calls it.

    >>> _role_words("owner_of_notify_party")
    'owner of the notify party'
    """
    part = role.removeprefix(_OWNER_OF)
    owned = part.replace("_", " ")
    return f"owner of the {owned}" if part != role else owned


def _cell_of(role: str) -> str:
    part = role.removeprefix(_OWNER_OF)
    return f"{part}.name" if part == role else f"{part}.owners"


def _unplaced(part: Evidence) -> Iterator[_Candidate]:
    for hit in part.matched or ():
        role, who = str(hit["role"]), str(hit["name"])
        fact = f"the address of the {role.replace('_', ' ')} were not that of a listed party"
        yield _Candidate((f"{role}.address",), fact, "the same party, at nobody's address", {}, unplaced=who)


def _elsewhere(trial: _Trial) -> Iterator[_Candidate]:
    for name in _PLACES:
        if trial.values.get(name):
            fact = f"{subject(name)} were not in occupied Ukraine"
            yield _Candidate((name,), fact, _ordinary(name), {name: _ordinary(name)})


def _known_parties(trial: _Trial, field: str) -> Iterator[_Candidate]:
    for name in PARTY_NAMES:
        if not trial.collected(name):
            continue
        text = trial.values.get(name)
        kind = read_party_cell(text).kind if text else "blank"
        is_meant = kind == "named" if field in (*_SPOILT_NAMES, "quality.cut_name") else kind != "named"
        if is_meant and (text or name == "consignee.name"):
            yield _named(name, f"{subject(name)} were known by a plain name, and not listed")


def _named(name: str, fact: str) -> _Candidate:
    return _Candidate((name,), fact, _PARTY, {name: _PARTY})


def _fewer(trial: _Trial, part: Evidence) -> Iterator[_Candidate]:
    """Without the countries of the route, or the owners, that the rule looks for; all of them known where none is."""
    name, value, matched = part.field, trial.values.get(part.field), part.matched or ()
    if not value and name == "transit.countries":
        yield _Candidate((name,), "the route were known to be direct", "no country on the way", {name: ()})
    elif not value:
        fact = f"it were known {subject(name)}"
        owner = {"name": _PARTY, "share": 100.0, "country": trial.values.get(name.replace("owners", "country"))}
        yield _Candidate((name,), fact, _PARTY, {name: (owner,)})
    elif matched:
        left = tuple(one for one in value if one not in matched)
        gone = " and ".join(one if isinstance(one, str) else f"'{one.get('name')}'" for one in matched)
        said = (
            f"the goods did not pass through {gone}" if name == "transit.countries" else f"{gone} owned no part of it"
        )
        yield _Candidate((name,), said, words(name, left), {name: left})


def _other_goods(fact: str = "the goods were ordinary ones, plainly described and on no list") -> _Candidate:
    tested = f"{_GOODS['goods.description']}, HS {_GOODS['goods.hs_code']}"
    return _Candidate(tuple(_GOODS), fact, tested, _GOODS)


def _of_given(trial: _Trial, part: Evidence) -> Iterator[_Candidate]:
    """What a cell could say so that a condition that held no longer does."""
    name, kind, value = part.field, FIELDS[part.field].type, trial.values.get(part.field)
    role, _, attribute = name.partition(".")
    if part.operator == "ne_field":
        other = str(part.matched)
        theirs = trial.values.get(other)
        if theirs is not None:
            fact = f"{subject(name)} were {words(other, theirs)}, the same as {subject(other)}"
            yield _Candidate((name,), fact, words(other, theirs), {name: theirs})
    elif kind is FieldType.BOOL:
        yield _boolean(name, not value)
    elif kind in (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE):
        yield from _beyond(name, part)
    elif part.operator == "exists" and value is not None:
        return  # that something is said is no fact that could be otherwise
    elif attribute == "name" and role in ROLES:
        known = "known, and not listed" if not value else "another party, not listed"
        yield _named(name, f"{subject(name)} were {known}")
    elif kind is FieldType.TEXT and (ordinary := _ordinary(name)):
        fact = f"{subject(name)} were known, and unremarkable" if not value else f"{subject(name)} were another"
        yield _Candidate((name,), fact, ordinary, {name: ordinary})


def _boolean(name: str, value: bool) -> _Candidate:
    fact = f"it were {'' if value else 'not '}so that {claim(name)}"
    return _Candidate((name,), fact, words(name, value), {name: value})


def _beyond(name: str, part: Evidence) -> Iterator[_Candidate]:
    """Just on the other side of the limit."""
    limit, step = part.matched, _step(name, part.matched)
    tests: dict[str, Callable[[], tuple[str, Any]]] = {
        "gt": lambda: ("at most", limit),
        "gte": lambda: ("less than", limit - step),
        "lt": lambda: ("at least", limit),
        "lte": lambda: ("more than", limit + step),
    }
    if part.operator not in tests or limit is None:
        return
    said, value = tests[part.operator]()
    if FIELDS[name].type is FieldType.DATE:
        said = {"at most": "not after", "less than": "before", "at least": "not before", "more than": "after"}[said]
    yield _Candidate((name,), f"{subject(name)} were {said} {words(name, limit)}", words(name, value), {name: value})


def _step(name: str, limit: Any) -> Any:
    """The least by which a value differs from its limit."""
    if isinstance(limit, date):
        return timedelta(days=1)
    if FIELDS[name].type is FieldType.MONEY:
        return 1
    return 1.0 if isinstance(limit, (int, float)) and limit >= 10 else 0.001


def _of_gap(trial: _Trial, name: str) -> Iterator[_Candidate]:
    """What an empty or unreadable cell could say."""
    if _is_of_goods(name):
        yield _other_goods("the goods were known by description and code, and on no list")
        return
    if not trial.collected(name):
        return
    kind = FIELDS[name].type
    if kind is FieldType.BOOL:
        yield from (_boolean(name, value) for value in (True, False))
    elif name == "transit.countries" or name.endswith(".owners"):
        yield from _fewer(trial, Evidence(name, "exists", None))
    else:
        yield from _of_given(trial, Evidence(name, "exists", None))


def _ordinary(name: str) -> str:
    return _ORDINARY.get(name) or _ORDINARY.get(name.partition(".")[2], "")


# --- countries --------------------------------------------------------------------------------------------------------


def _countries_asked(trial: _Trial) -> list[str]:
    """The country cells that the findings rest on, or that a gate misses."""
    asked = [part.field for _, part in _evidence(trial)] + _missed(trial)
    if "place.occupied" in asked:
        asked += [name for name, text in trial.derived.line.raw.items() if trial.is_occupied(text)]
    # A country also tells namesakes apart: for a listed party, another one would test the name and not the place.
    named = {f"{hit.role}.country" for hit in trial.derived.hits}
    return [name for name in dict.fromkeys(asked) if name in _COUNTRIES and trial.collected(name) and name not in named]


def _country_changes(trial: _Trial, name: str) -> Iterator[Change]:
    """In which other countries the line would have a lower decision; one of each kind that the rules tell apart."""
    kinds = _kinds_of_country(trial.judge, name)
    embargo = trial.judge.rules.lists.get(_EMBARGO)
    barred = frozenset(embargo.values) if embargo else frozenset()
    tried: list[tuple[frozenset[str], str, Decision]] = []
    for members in (kind for kind in kinds if not kind & barred):
        tested = next((code for code in (*_USUAL, *sorted(members)) if code in members), "")
        decision = trial.decide(_Candidate((name,), "", tested, {name: tested}))
        if decision is not None and _is_lower(decision, trial.assessment.decision):
            tried.append((members, tested, decision))
    if not tried:
        return
    best = min(decision.outcome.rank for _, _, decision in tried)
    falls = [(members, tested, decision) for members, tested, decision in tried if decision.outcome.rank == best]
    _, tested, decision = max(falls, key=lambda one: len(one[0]))
    now = trial.values.get(name)
    elsewhere = frozenset().union(*(members for members, _, _ in falls)) - {now}
    said = _where(trial.judge, elsewhere, tested, "another country, " if now is not None else "")
    known = "known" if now is None else ""
    fact = f"{subject(name)} were {', and '.join(one for one in (known, said) if one)}"
    yield Change((name,), fact, trial.said(name), tested, decision.outcome, decision.tenths)


def _kinds_of_country(judge: Judge, name: str) -> list[frozenset[str]]:
    """Countries that every comparison of this cell treats alike."""
    sets = [
        frozenset({leaf.operand} if isinstance(leaf.operand, str) else leaf.operand)
        for rule in judge.rules.rules
        for leaf in leaves(rule.when, inside=False)
        if leaf.field == name and leaf.operator in ("eq", "ne", "in", "not_in")
    ]
    kinds: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(country_names()):
        kinds.setdefault(tuple(code in held for held in sets), set()).add(code)
    return [frozenset(members) for members in kinds.values()]


def _where(judge: Judge, falls: frozenset[str], tested: str, another: str) -> str:
    """The countries in few words: those it must not be, a list, or an example; empty where it is all one."""
    not_falls = frozenset(country_names()) - falls
    if not not_falls:
        return ""
    if len(not_falls) <= _MOST_NAMED:
        return f"not {_either(sorted(not_falls))}"
    lists = {key: frozenset(one.values) for key, one in judge.rules.lists.items() if one.kind == "country"}
    for key, members in sorted(lists.items()):
        if members == not_falls:
            return f"a country that is not on list {key}"
        if members == falls:
            return f"a country on list {key}"
    for pair in _pairs(sorted(lists)):
        if lists[pair[0]] | lists[pair[1]] == not_falls:
            return f"a country on neither of the lists {pair[0]} and {pair[1]}"
    if len(falls) <= _MOST_NAMED:
        return _either(sorted(falls))
    return f"{another}{tested} for example"


def _either(codes: Iterable[str]) -> str:
    *others, last = codes
    return f"{', '.join(others)} or {last}" if others else last


def _pairs(keys: list[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for at, one in enumerate(keys) for other in keys[at + 1 :])
