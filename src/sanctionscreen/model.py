"""The nouns: what is listed, what resembles it, what a rule found, and what one shipment line comes to.

Records of users are pydantic models in `records.py`; everything here is made by the program and trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

Kind = Literal["person", "company", "vessel", "aircraft", "any"]
Quality = Literal["primary", "strong", "weak"]
Measure = Literal["asset_freeze", "export_licence", "sectoral", "denied", "unverified", "press", "context"]
Status = Literal["official", "press", "context"]
Basis = Literal["name", "identifier", "address"]
Level = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a listed party; a weak one is broad or generic and only corroborates."""

    text: str
    quality: Quality = "primary"
    note: str = ""
    """Why the name is weak or uncertain, for people."""
    kind: str = ""
    """As the list says: alias, former, original script, spelling; empty where it does not."""
    script: str = ""
    """Where the list names one: Cyrillic, Arabic, Han."""


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """An identifier as a list gives it."""

    kind: str
    """In the words of the list: Tax ID No., Passport, IMO."""
    number: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedDate:
    """A date of a party: as published, and the days that its precision leaves open."""

    what: str
    """birth, death, incorporation, build."""
    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of one list, or one press report: what it means and since when."""

    list: str
    """Id of the list, such as `us-ofac-sdn`; `press` and `context` for what the articles say."""
    measure: Measure
    programme: str = ""
    entry_number: str = ""
    listed_from: date | None = None
    """First day the listing can have been in force; None when not known (then it counts as always)."""
    listed_until: date | None = None
    """Day it ended; None while in force."""
    date_basis: str = ""
    """How the day is known, where it is inferred or only a range."""
    citation: str = ""
    confidence: str = ""

    def in_force(self, as_of: date) -> bool:
        started = self.listed_from is None or self.listed_from <= as_of
        return started and (self.listed_until is None or as_of < self.listed_until)


@dataclass(frozen=True, slots=True)
class ListedParty:
    """Someone on a watchlist, with all that the list gives."""

    id: str
    kind: Kind
    names: tuple[ListedName, ...]
    status: Status = "official"
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    role: str = ""
    """What the party is in the evidence, in words."""
    note: str = ""
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    brand_category: str = ""
    """Goods category that the name stands for as a brand; in the maker's role it is then no party hit."""
    needs_identifier: bool = False
    """The name is too common to say anything without an identifier or address that agrees."""
    hazards: tuple[str, ...] = ()
    """What the names are easily mistaken for."""
    confidence: str = ""
    """How sure the entry is as a whole, in words of its source."""
    numbers: tuple[ListedNumber, ...] = ()
    """The identifiers with what they are; `identifiers` has the numbers alone, which are compared."""
    dates: tuple[ListedDate, ...] = ()
    source: str = ""
    """Where in the file of its list the entry stands."""

    @property
    def name(self) -> str:
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that a name, identifier or address resembles."""

    entity_id: str
    name: str
    """The listed name that matched."""
    score: float
    evidence: float
    basis: Basis = "name"
    rank: int = 1


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name comparison; the points of all parts add up to the score."""

    left: str
    right: str
    how: str
    points: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How alike two names are (`score`), and how much there was to compare (`evidence`), both in [0, 1]."""

    score: float
    evidence: float
    explanation: tuple[NamePart, ...] = ()


HsQuality = Literal["ok", "padded", "repaired", "several", "short", "unknown_code", "missing", "invalid"]
"""How well a cell could be read.

    ok            a code as tariffs write it
    padded        a leading zero was lost, and is back
    repaired      look-alike letters, placeholders or words stood in the cell; one code is left
    several       more than one subheading can be meant: `hs6` is the first, `others` has the rest
    short         less than a subheading, or a digit lost behind the sixth (then `hs6` is given)
    unknown_code  read, but in no edition that is known; not found here: `nomenclature.unknown_code`
    missing       nothing is written
    invalid       something is, and it is no code
"""


@dataclass(frozen=True, slots=True)
class GoodsSpan:
    """A place in a description that speaks for or against a category."""

    start: int
    end: int
    """Characters of the description as written: from `start` up to, and not including, `end`."""
    says: str
    """strong, weak, confirms, kit, euphemism; for and with, what the goods are for or hold; cancelled, and cancels."""
    category: str
    term: str
    """As the lists spell it."""


@dataclass(frozen=True, slots=True)
class GoodsReading:
    """What code and description of a line say; fields as in the registry, `goods.*`."""

    hs6: str | None
    hs_edition: str | None
    hs_quality: str | None
    chpl_tier: str | None
    categories: tuple[str, ...] | None
    text_categories: tuple[str, ...] | None
    controlled: bool | None
    contradiction: bool | None
    vague: bool | None
    evidence: tuple[str, ...] = ()
    """One sentence per reason, for people."""
    neighbour_code: bool | None = None
    """The code is a neighbour of a listed one whose goods the text names."""
    hs4: str | None = None
    """The heading, also where no subheading is given."""
    spans: tuple[GoodsSpan, ...] = ()
    """Where in the description the evidence stands, in the order of the text."""


@dataclass(frozen=True, slots=True)
class CellWarning:
    """A cell that could not be used as written, and why."""

    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Line:
    """One shipment line after reading: what every stage looks at.

    `values` has a key for each collected field; None there is an empty cell, or one named in `unreadable`.
    A field without a key was not collected. Derived fields are added under their own names.
    """

    values: Mapping[str, Any]
    unreadable: frozenset[str] = frozenset()
    warnings: tuple[CellWarning, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    """The cells as written, by field, where reading changed their meaning (countries, dates)."""

    def with_values(self, more: Mapping[str, Any], undecided: frozenset[str] = frozenset()) -> Line:
        """The line with more values; those undecided are None and neither there nor missing."""
        return Line({**self.values, **more}, self.unreadable | undecided, self.warnings, self.raw)


@dataclass(frozen=True, slots=True)
class NamedList:
    """Values that rules refer to as `$name`, with the document that names them."""

    name: str
    kind: str
    """Type of the values: country, hs, code, text or number."""
    values: tuple[str, ...]
    citation: str
    as_of: str = ""
    """Date of the citation, or a range in words where no day is known."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A published source: who says it, where in it, and the link when one is known."""

    text: str
    url: str = ""
    pin: str = ""

    def __str__(self) -> str:
        return self.text + (f", {self.pin}" if self.pin else "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One condition that held: which field, how asked, what was there."""

    field: str
    operator: str
    value: Any
    matched: Any = None
    """What of the rule's values, or which element of the record's list, made it hold."""
    list_name: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, with the values that made it fire."""

    rule: str
    version: int
    fingerprint: str
    title: str
    why: str
    level: Level
    group: str
    weight: float
    confidence: float = 1.0
    """Probability that the party match behind it is the same party; 1 for findings without one."""
    gate: str = ""
    shadow: bool = False
    """An experimental rule: reported, no points."""
    suppressed_by: str = ""
    """Id of the exception that keeps it from counting."""
    evidence: tuple[Evidence, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownRule:
    """A rule that could not be decided on a line, and the fields that were missing."""

    rule: str
    title: str
    level: Level
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one finding, or a gate's floor, added to the score, in tenths of a point."""

    rule: str
    tenths: int
    absorbed_by: str = ""
    """The finding of the same group that already said it; this one adds nothing."""


class Outcome(StrEnum):
    """The words of a decision. Never "approved": an empty result is not an all-clear."""

    CLEAR = "clear"
    NOT_SCREENABLE = "not_screenable"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Decision:
    """Outcome and score of one line; the contributions add up to the score exactly."""

    outcome: Outcome
    tenths: int
    """Score in tenths of a point, 0 to 1000."""
    contributions: tuple[Contribution, ...] = ()
    gates: tuple[str, ...] = ()
    """Why the outcome is higher than the score alone would make it, one sentence each."""

    @property
    def score(self) -> float:
        return self.tenths / 10


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A hit of one party of the line on one listing; fields as in the registry, `party_hits`."""

    role: str
    name: str
    entity_id: str
    entity_name: str
    list: str
    programme: str
    measure: Measure
    status: Status
    score: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What decided: SHA-256 of lists, rules and profile, the version of the code, and the screening day."""

    lists: str
    rules: str
    profile: str
    code: str
    as_of: date
    stale_lists: tuple[str, ...] = ()
    """Lists that the profile requires and that were used, or left out, although they are stale or missing."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything there is to say about one shipment line."""

    row: int
    """Row of the input, counted from 1; the header is not counted."""
    decision: Decision
    reasons: tuple[str, ...] = ()
    """The decision in sentences, strongest first."""
    hits: tuple[PartyHit, ...] = ()
    address_hits: tuple[PartyHit, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[UnknownRule, ...] = ()
    warnings: tuple[str, ...] = ()
    shipment_id: str | None = None
    shipment_outcome: Outcome | None = None
    """Highest outcome of the lines with the same shipment id; None without an id."""
    input: Mapping[str, Any] = field(default_factory=dict)
    """The cells as they came, by their own headers."""
    fingerprints: Fingerprints | None = None
    quality: Mapping[str, bool] = field(default_factory=dict)
    """What the cells look like: the `quality.*` fields that were derived, by the part behind the dot."""
