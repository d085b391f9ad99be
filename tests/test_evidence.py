"""The chain of evidence: from any id to the documents below it and to what rests on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sanctionscreen.errors import EngineError, InputError
from sanctionscreen.evidence import EvidenceIndex, EvidenceNode, index_of
from sanctionscreen.evidence.loaded import cited_by
from sanctionscreen.rules import Rule
from sanctionscreen.screening.sources import load_sources
from sanctionscreen.watchlist import load_entities, load_geography, load_seeds

SOURCES = load_sources()
LOADED = index_of(SOURCES)
GOODS_OF_THE_ARTICLES = (
    "microelectronics machine_tools drones drone_engines missile_tank_aircraft_parts nitrocellulose propellants "
    "skd_kits body_armour helmets thermal_imaging armour_ceramics rifles optics satellite_space telecom servers "
    "rare_earths cars general_machinery_electrical"
).split()
GOODS = {category: (category, ()) for category in GOODS_OF_THE_ARTICLES} | {
    "854231": ("processors", ("CHPL", "microelectronics")),
    "854232": ("memories", ("CHPL", "microelectronics")),
}
RULES = {
    "RU-GDS-001": ("Tier 1 goods to a hub", ("F23", "microelectronics", "geo.hubs")),
    "RU-PTY-001": ("Listed party", ("techkrim",)),
}


def index(rules: dict[str, tuple[str, tuple[str, ...]]] | None = None) -> EvidenceIndex:
    seeds = load_seeds()
    return EvidenceIndex.build(
        seeds, load_entities(None, seeds), GOODS, RULES if rules is None else rules, load_geography(None, seeds)
    )


@pytest.fixture(scope="module")
def evidence() -> EvidenceIndex:
    return index()


def chain(node: EvidenceNode, *ids: str) -> bool:
    """The tree has a way through these ids."""
    if not ids:
        return True
    return any(child.id == ids[0] and chain(child, *ids[1:]) for child in node.children)


def every(node: EvidenceNode) -> Iterator[EvidenceNode]:
    yield node
    for child in node.children:
        yield from every(child)


def test_every_chain_ends_in_a_document(evidence: EvidenceIndex) -> None:
    """No citation dangles, and whatever cites nothing is a document (or a handed-in title without citations)."""
    assert evidence.dangling == ()
    for key, item in evidence.items.items():
        grounds = [node for node in evidence.walk(key).children if node.relation == "rests on"]
        assert grounds or item.kind == "document" or key in (*GOODS, "press", "context"), key


@pytest.mark.parametrize(
    ("start", "way"),
    [
        ("003", ("003-12", "techkrim", "RU-PTY-001")),
        ("003", ("003-4", "drones", "dji")),
        ("003-12", ("techkrim",)),
        ("000", ("000-6", "sudoplatov-battalion")),
        ("001", ("001-2", "microelectronics", "RU-GDS-001")),
        ("F22", ("geo.hubs_fincen_2022",)),
        ("F22", ("geo.hubs", "RU-GDS-001")),
        ("EO14065", ("place.donetsk",)),
        ("CHPL", ("854231",)),
        ("microelectronics", ("854232",)),
        ("us-ofac-sdn", ("techkrim",)),
        ("002", ("michael-raska",)),
    ],
)
def test_from_the_document_to_what_rests_on_it(evidence: EvidenceIndex, start: str, way: tuple[str, ...]) -> None:
    """A document leads to its claims, they to entries and goods, those to rules."""
    assert chain(evidence.walk(start), *way)


@pytest.mark.parametrize(
    ("start", "way"),
    [
        ("techkrim", ("003-12", "003", "POL23-07")),
        ("techkrim", ("us-ofac-sdn", "SDN-EXTRACT")),
        ("854231", ("microelectronics", "001-2", "001")),
        ("RU-GDS-001", ("geo.hubs", "TS23")),
        ("RU-PTY-001", ("techkrim", "003-12", "003")),
        ("dji", ("drones", "003-4", "003")),
        ("three-russian-buyers", ("003-1", "003")),
        ("place.yalta", ("UA255",)),
    ],
)
def test_and_back(evidence: EvidenceIndex, start: str, way: tuple[str, ...]) -> None:
    """An entry, a code, a category or a rule leads back to the documents behind it."""
    assert chain(evidence.walk(start), *way)


def test_a_way_is_shown_once(evidence: EvidenceIndex) -> None:
    """What a longer way shows is not repeated beside it: the article stands under its claim only."""
    walked = evidence.walk("techkrim")
    assert "003" not in [child.id for child in walked.children]
    assert len([node for node in every(walked) if node.id == "003"]) == 1


def test_codes_hang_on_their_category_only_when_asked(evidence: EvidenceIndex) -> None:
    """The tree of an article does not list every HS code of every category."""
    assert not [node for node in every(evidence.walk("001")) if node.kind == "hs"]


@pytest.mark.parametrize(("asked", "found"), [("f22", "F22"), (" 8542.31 ", "854231"), ("ru-gds-001", "RU-GDS-001")])
def test_ids_are_forgiving(evidence: EvidenceIndex, asked: str, found: str) -> None:
    """Case, spaces around and the dots of a code do not matter."""
    assert evidence.walk(asked).id == found


def test_unknown_id(evidence: EvidenceIndex) -> None:
    """An id that nothing has is an error with the nearest one."""
    with pytest.raises(InputError, match="did you mean 'techkrim'"):
        evidence.walk("techkrin")


def test_dangling_citations_are_named() -> None:
    """A rule that cites what does not exist is reported, and the rest still walks."""
    broken = index({"RU-GDS-001": ("Tier 1 goods", ("F99", "F23"))})
    assert broken.dangling == (("RU-GDS-001", "F99"),)
    assert chain(broken.walk("RU-GDS-001"), "F23")


def test_one_id_two_things() -> None:
    """A rule that takes the id of an entity is refused."""
    with pytest.raises(EngineError, match="'techkrim' stands for two things, entity and rule"):
        index({"techkrim": ("no rule", ())})


def test_lines_say_what_a_reader_needs(evidence: EvidenceIndex) -> None:
    """A claim shows figure, check and conflict; an entity its listing and status; a document how far it was read."""
    claim = evidence.walk("004-1").lines
    assert "figure: 90 percent" in claim
    assert any(line.startswith("conflict with 001-2") for line in claim)
    entity = evidence.walk("techkrim").lines
    assert "status: official" in entity
    assert any("us-ofac-sdn entry 43225, asset_freeze from 2023-05-19 (inferred" in line for line in entity)
    assert "checked: full text" in evidence.walk("000").lines


def test_politicians_say_that_lists_decide(evidence: EvidenceIndex) -> None:
    """The context entry of a listed politician points to the official list and calls itself no evidence."""
    lines = " ".join(evidence.walk("vladimir-putin").lines)
    assert "269/2014" in lines
    assert "never suppresses" in lines


def test_no_chain_of_what_is_shipped_dangles() -> None:
    """Documents, claims, entries, goods, codes, rules and lists as loaded: every citation leads somewhere."""
    assert LOADED.dangling == ()


@pytest.mark.parametrize("rule", SOURCES.rules.rules, ids=lambda rule: rule.id)
def test_every_rule_leads_back_to_a_document(rule: Rule) -> None:
    """From a finding to the published warning behind it."""
    cited = set(cited_by(rule, set(SOURCES.seeds.documents)))
    assert cited, [str(reference) for reference in rule.references]


@pytest.mark.parametrize("claim", sorted(SOURCES.seeds.claims))
def test_every_claim_leads_to_its_document_and_back(claim: str) -> None:
    document = SOURCES.seeds.claims[claim].document
    assert document in {child.id for child in LOADED.walk(claim).children}
    assert claim in {child.id for child in LOADED.walk(document).children}
