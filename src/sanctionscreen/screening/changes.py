"""Which single fact would give a line a lower decision: each is tried, by deriving and judging the line with it.

A change names what would have to be true of the trade, never what to write: the facts are other parties, goods and
places, or papers that exist, and a fact that was not tried is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sanctionscreen.fields import FIELDS, PARTY_NAMES, ROLES, FieldType
from sanctionscreen.model import Assessment, Evidence, Outcome
from sanctionscreen.screening.country_changes import countries_asked, country_changes
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.trade_words import claim, subject
from sanctionscreen.screening.trials import Candidate, Change, Trial, evidence_behind, missed_fields
from sanctionscreen.screening.wording import words
from sanctionscreen.text.party_cells import read_party_cell

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
_PLACES = (*(f"{role}.address" for role in ROLES), "route.port_of_loading", "route.port_of_discharge")
_NAME_QUALITY = ("quality.to_order", "quality.same_as_consignee", "quality.missing_consignee", "quality.cut_name")
_SPOILT_NAMES = ("quality.mixed_scripts", "quality.invisible_characters")
_FIXED = frozenset({"shipment.id", "shipment.line", "shipment.date", "shipment.amended_on", "goods.unit"})
"""Fields that say which line it is: another day or number would be another shipment."""


def lowering_changes(judge: Judge, deriver: Deriver, derived: Derived, assessment: Assessment) -> tuple[Change, ...]:
    """The single facts that would give a line a lower decision, the lowest first.

    Each comes from the evidence of a finding that counts, or from a field that a gate misses; the line is derived and
    judged again with it, and it is named only when the decision falls.
    """
    if assessment.decision.outcome is Outcome.CLEAR:
        return ()
    trial = Trial(judge, deriver, derived, assessment)
    again = trial.decide()
    if again is None or again.outcome is not assessment.decision.outcome:
        return ()  # the line alone does not say what was judged, so nothing can be tried on it
    found: dict[str, Change] = {}
    for change in _changes(trial):
        held = found.get(change.fact)
        if held is None or change.outcome.rank < held.outcome.rank:
            found[change.fact] = change
    return tuple(sorted(found.values(), key=lambda one: (one.outcome.rank, one.tenths)))


def _changes(trial: Trial) -> Iterator[Change]:
    tried: set[str] = set()
    for candidate in _candidates(trial):
        key = repr((candidate.fields, dict(candidate.values), candidate.unlisted, candidate.unplaced))
        if key in tried:
            continue
        tried.add(key)
        if change := trial.lowered(candidate):
            yield change
    for name in countries_asked(trial):
        yield from country_changes(trial, name)


def _candidates(trial: Trial) -> Iterator[Candidate]:
    """What could be otherwise: from the evidence of the findings that count, and from what a gate misses."""
    if trial.assessment.decision.outcome is Outcome.NOT_SCREENABLE:
        yield from _readable_names(trial)
        return
    for _, part in evidence_behind(trial):
        yield from _of_evidence(trial, part)
    for name in missed_fields(trial):
        yield from _of_gap(trial, name)


def _readable_names(trial: Trial) -> Iterator[Candidate]:
    for name in PARTY_NAMES:
        text = trial.values.get(name)
        if text and read_party_cell(text).kind == "unreadable":
            yield _named(name, f"{subject(name)} were named readably, and not listed")


def _of_evidence(trial: Trial, part: Evidence) -> Iterator[Candidate]:
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


def _unlisted(trial: Trial, part: Evidence) -> Iterator[Candidate]:
    """Each party behind a finding as nobody on a list, in every role in which it stands."""
    for who in dict.fromkeys(str(hit.get("name") or "") for hit in part.matched or ()):
        behind = [str(hit["role"]) for hit in part.matched if hit.get("name") == who]
        roles = dict.fromkeys([*behind, *(hit.role for hit in trial.derived.hits if hit.name == who)])
        said = " and ".join(f"the {_role_words(role)}" for role in sorted(roles, key=_place))
        fields = tuple(_cell_of(role) for role in sorted(roles, key=_place))
        yield Candidate(fields, f"{said} ('{who}') were not listed", "the same party, on no list", {}, unlisted=who)


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


def _unplaced(part: Evidence) -> Iterator[Candidate]:
    for hit in part.matched or ():
        role, who = str(hit["role"]), str(hit["name"])
        fact = f"the address of the {role.replace('_', ' ')} were not that of a listed party"
        yield Candidate((f"{role}.address",), fact, "the same party, at nobody's address", {}, unplaced=who)


def _elsewhere(trial: Trial) -> Iterator[Candidate]:
    for name in _PLACES:
        if trial.values.get(name):
            fact = f"{subject(name)} were not in occupied Ukraine"
            yield Candidate((name,), fact, _ordinary(name), {name: _ordinary(name)})
    for name in PARTY_NAMES:
        cell = read_party_cell(trial.values.get(name) or "")
        if cell.addresses:
            fact = f"the address with the name of {subject(name)} were not in occupied Ukraine"
            yield Candidate((name,), fact, "the name alone", {name: "; ".join(cell.names)})


def _known_parties(trial: Trial, field: str) -> Iterator[Candidate]:
    for name in PARTY_NAMES:
        if not trial.collected(name):
            continue
        text = trial.values.get(name)
        kind = read_party_cell(text).kind if text else "blank"
        is_meant = kind == "named" if field in (*_SPOILT_NAMES, "quality.cut_name") else kind != "named"
        if is_meant and (text or name == "consignee.name"):
            yield _named(name, f"{subject(name)} were known by a plain name, and not listed")


def _named(name: str, fact: str) -> Candidate:
    return Candidate((name,), fact, _PARTY, {name: _PARTY})


def _fewer(trial: Trial, part: Evidence) -> Iterator[Candidate]:
    """Without the countries of the route, or the owners, that the rule looks for; all of them known where none is."""
    name, value, matched = part.field, trial.values.get(part.field), part.matched or ()
    if not value and name == "transit.countries":
        yield Candidate((name,), "the route were known to be direct", "no country on the way", {name: ()})
    elif not value:
        fact = f"it were known {subject(name)}"
        owner = {"name": _PARTY, "share": 100.0, "country": trial.values.get(name.replace("owners", "country"))}
        yield Candidate((name,), fact, _PARTY, {name: (owner,)})
    elif matched:
        left = tuple(one for one in value if one not in matched)
        gone = " and ".join(one if isinstance(one, str) else f"'{one.get('name')}'" for one in matched)
        said = (
            f"the goods did not pass through {gone}" if name == "transit.countries" else f"{gone} owned no part of it"
        )
        yield Candidate((name,), said, words(name, left), {name: left})


def _other_goods(fact: str = "the goods were ordinary ones, plainly described and on no list") -> Candidate:
    tested = f"{_GOODS['goods.description']}, HS {_GOODS['goods.hs_code']}"
    return Candidate(tuple(_GOODS), fact, tested, _GOODS)


def _of_given(trial: Trial, part: Evidence) -> Iterator[Candidate]:
    """What a cell could say so that a condition that held no longer does."""
    name, kind, value = part.field, FIELDS[part.field].type, trial.values.get(part.field)
    role, _, attribute = name.partition(".")
    if part.operator == "ne_field":
        other = str(part.matched)
        theirs = trial.values.get(other)
        if theirs is not None:
            fact = f"{subject(name)} were {words(other, theirs)}, the same as {subject(other)}"
            yield Candidate((name,), fact, words(other, theirs), {name: theirs})
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
        yield Candidate((name,), fact, ordinary, {name: ordinary})


def _boolean(name: str, value: bool) -> Candidate:
    fact = f"it were {'' if value else 'not '}so that {claim(name)}"
    return Candidate((name,), fact, words(name, value), {name: value})


def _beyond(name: str, part: Evidence) -> Iterator[Candidate]:
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
    yield Candidate((name,), f"{subject(name)} were {said} {words(name, limit)}", words(name, value), {name: value})


def _step(name: str, limit: Any) -> Any:
    """The least by which a value differs from its limit."""
    if isinstance(limit, date):
        return timedelta(days=1)
    if FIELDS[name].type is FieldType.MONEY:
        return 1
    return 1.0 if isinstance(limit, (int, float)) and limit >= 10 else 0.001


def _of_gap(trial: Trial, name: str) -> Iterator[Candidate]:
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
