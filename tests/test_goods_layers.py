"""A firm's own goods files: what they add, change and disable, and how a mistake is answered."""

from __future__ import annotations

import pickle
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from builders import ROOT
from sanctionscreen import Screener, resources
from sanctionscreen.goods import GoodsLists, classify, load_goods
from sanctionscreen.goods.categories import MAX_TERM, MAX_TERMS
from sanctionscreen.goods.layers import MAX_CATEGORIES, MOST_FAULTS
from sanctionscreen.screening.sources import load_sources
from sanctionscreen.watchlist import load_seeds

EXAMPLE = ROOT / "examples" / "my_goods.yml"
AS_OF = date(2026, 11, 22)
BUILT_IN = load_goods()
HEAD = "pack: {id: acme, version: 1}\n"
NEW = """categories:
  - id: acme_projectors
    label: Projectors
    sources: [our manual]
    confidence: high
    codes: {"902229": radiography apparatus, "853650": other switches}
    shared: ["853650"]
    strong: [gamma projector, гаммадефектоскоп]
    weak: [emitter]
    weak_because: there are emitters of light, too
    confirmed_by: [isotope]
    false_friends:
      - {means: a lamp, terms: [light emitter]}
"""
PACK = """pack: {id: acme-rules, version: 1, extends: russia}
rules:
  - id: ACME-GDS-001
    title: Projectors
    status: stable
    version: 1
    level: medium
    group: goods
    weight: 15
    why: Ours.
    references: [{text: our manual of 2026}]
    when: {any: [{goods.text_categories|any: [acme_projectors]}, {goods.hs6: $goods.acme_projectors}]}
    tests:
      - {name: text, record: {goods.text_categories: [acme_projectors], goods.hs6: "010101"}, expect: hit}
      - {name: code, record: {goods.text_categories: [], goods.hs6: "902229"}, expect: hit}
      - {name: other, record: {goods.text_categories: [drones], goods.hs6: "880622"}, expect: no_hit}
      - {name: nothing, record: {}, expect: unknown}
"""


def write(folder: Path, text: str | bytes, name: str = "own.yml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def load(folder: Path, text: str) -> GoodsLists:
    return load_goods(own=[write(folder, text)])


def override(body: str) -> str:
    return f"{HEAD}overrides:\n  - id: drones\n    reason: r\n    approved_by: a\n    {body}\n"


def faults_of(*paths: Path) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_goods(own=paths, documents=load_seeds().documents)
    return [str(fault).removeprefix(f"{paths[0].parent}/") for fault in caught.value.exceptions]


# --- what a file can do ---------------------------------------------------------------------------------------------


def test_a_new_category_is_read_like_a_built_in_one(tmp_path: Path) -> None:
    """Its terms raise it, its codes stand alone or are shared, its false friends cancel, its weak terms need support."""
    goods = load(tmp_path, HEAD + NEW)
    assert list(goods.categories) == [*BUILT_IN.categories, "acme_projectors"]

    def found(text: str | None, hs: str | None = None) -> tuple[str, ...] | None:
        return classify(text, hs, lists=goods).categories

    assert found("Gamma projectors, 500 pcs") == ("acme_projectors",)
    assert found("гаммадефектоскопы") == ("acme_projectors",)
    assert found("emitter for isotope") == ("acme_projectors",)
    assert found("emitter") == ()
    assert found("light emitter for isotope") == ()
    assert found(None, "9022.29") == ("acme_projectors",)
    assert found(None, "8536.50") == ()
    assert classify("gamma projector", "9022.29", lists=goods).controlled is True
    assert classify("gamma projector", "6109.10", lists=goods).contradiction is True


def test_the_built_in_categories_stay_as_they_were(tmp_path: Path) -> None:
    """A file that only adds leaves the others alone."""
    goods = load(tmp_path, HEAD + NEW)
    assert {key: goods.categories[key] for key in BUILT_IN.categories} == dict(BUILT_IN.categories)


def test_an_override_adds_and_removes(tmp_path: Path) -> None:
    """Codes, terms, supports, euphemisms and false friends, one place each; a removed term can return elsewhere."""
    goods = load(
        tmp_path,
        override(
            "remove: {strong: [fpv], weak: [gimbal], codes: ['850110'], shared: ['850131'], "
            "euphemisms: [toy], false_friends: [bee]}\n"
            "    add: {weak: [FPV], strong: [Ficta Kestrel], codes: {'850230': gliders}, shared: ['850230'], "
            "codes_hs2017: {'880212': helicopters}, confirmed_by: [vtol], euphemisms: [kite], "
            "false_friends: [{means: music, terms: [drone synth]}]}"
        ),
    )
    was, now = BUILT_IN.categories["drones"], goods.categories["drones"]
    assert set(now.strong) ^ set(was.strong) == {"FPV", "Ficta Kestrel"}
    assert set(now.weak) ^ set(was.weak) == {"FPV", "gimbal"}
    assert now.codes.keys() ^ was.codes.keys() == {"850110", "850230"}
    assert now.shared ^ was.shared == {"850110", "850131", "850230"}
    assert now.chapters == was.chapters
    assert "880212" in now.codes_hs2017
    assert set(now.euphemisms) ^ set(was.euphemisms) == {"toy", "kite"}
    assert classify("drone synth", lists=goods).categories == ()
    assert classify("ficta kestrel", lists=goods).categories == ("drones",)
    assert "bee" not in [term for friend in now.false_friends for term in friend.terms]
    assert now.changed_by == ("acme",)
    assert goods.changes == (
        "acme changes drones, removes codes 850110; shared '850131'; strong 'fpv'; weak 'gimbal'; euphemisms 'toy'; "
        "false_friends 'bee'; adds codes 850230; codes_hs2017 880212; shared '850230'; strong 'Ficta Kestrel'; "
        "weak 'FPV'; confirmed_by 'vtol'; euphemisms 'kite'; false_friends 'drone synth' (a): r",
    )


def test_a_disabled_category_is_gone_and_rules_that_name_it_find_nothing(tmp_path: Path) -> None:
    """Text and code are silent; the lists of the category are empty, so that rules load."""
    goods = load(tmp_path, override("disable: true"))
    assert "drones" not in goods.categories
    assert classify("FPV drones", "8806.22", lists=goods).categories == ()
    assert goods.named_lists["goods.drones"].values == ()
    assert goods.named_lists["goods.drones.alone"].values == ()
    assert "disabled by acme" in goods.named_lists["goods.drones"].citation
    assert goods.changes == ("acme disables drones (a): r",)


def test_files_lie_over_each_other_in_their_order(tmp_path: Path) -> None:
    """A later file may change what an earlier one brought, and says so in `extends`."""
    first = write(tmp_path, HEAD + NEW, "1.yml")
    over = (
        "pack: {id: desk, version: 1, extends: acme}\n"
        "overrides: [{id: acme_projectors, add: {strong: [squib]}, reason: r, approved_by: a}]\n"
    )
    second = write(tmp_path, over, "2.yml")
    goods = load_goods(own=[first, second])
    assert classify("squibs", lists=goods).categories == ("acme_projectors",)
    assert [pack.id for pack in goods.packs] == ["acme", "desk"]
    assert "extends 'acme', which is not loaded; use one of: goods" in faults_of(second, first)[0]


def test_a_disabled_category_can_be_made_anew(tmp_path: Path) -> None:
    """One file switches it off, the next defines its own under the same id."""
    first = write(tmp_path, override("disable: true"), "1.yml")
    second = write(tmp_path, HEAD.replace("acme", "desk") + NEW.replace("acme_projectors", "drones"), "2.yml")
    goods = load_goods(own=[first, second])
    assert set(goods.named_lists["goods.drones"].values) == {"902229", "853650"}


def test_fingerprints_follow_what_decides(tmp_path: Path) -> None:
    """A comment changes nothing, a file changes the lists; label and order change no category, a term does."""
    plain, commented = load(tmp_path, HEAD + NEW), load(tmp_path, f"# hello\n{HEAD}{NEW}")
    assert plain.fingerprint == commented.fingerprint != BUILT_IN.fingerprint
    category = plain.categories["acme_projectors"].fingerprint
    for old, new, same in (
        ("label: Projectors", "label: Igniters", True),
        ("[gamma projector, гаммадефектоскоп]", "[гаммадефектоскоп, gamma projector]", True),
        ("radiography apparatus", "igniters", True),
        ("emitter]", "emitters]", False),
        ('"902229"', '"902230"', False),
        ('shared: ["853650"]', "shared: []", False),
        ("light emitter", "light emitters", False),
    ):
        changed = load(tmp_path, HEAD + NEW.replace(old, new, 1))
        assert changed.fingerprint != plain.fingerprint
        assert (changed.categories["acme_projectors"].fingerprint == category) is same, old


def test_the_expected_fingerprint_fits_or_nothing_loads(tmp_path: Path) -> None:
    """What was reviewed is what is changed; otherwise both fingerprints are named."""
    found = BUILT_IN.categories["drones"].fingerprint
    assert load(tmp_path, override(f"expect_fingerprint: {found}\n    add: {{weak: [kite]}}")).changes
    path = write(tmp_path, override("expect_fingerprint: 0123456789ab\n    add: {weak: [kite]}"))
    (fault,) = faults_of(path)
    assert fault == (
        f"own.yml:6:5: category 'drones' has changed since the review: 0123456789ab is now {found}; "
        "look at it again (goods list drones), then write the new one"
    )


# --- rules and screening --------------------------------------------------------------------------------------------


def test_rules_use_a_new_category_and_its_list(tmp_path: Path) -> None:
    """By its id and by its codes, over records and over frames alike; without the file the pack does not load."""
    own, pack = write(tmp_path, HEAD + NEW), write(tmp_path, PACK, "rules.yml")
    screener = Screener.build(goods=[own], packs=[pack], as_of=AS_OF)
    records = [
        {"goods.description": "gamma projectors", "goods.hs_code": "3926.90", "destination.country": "DE"},
        {"goods.description": "household goods", "goods.hs_code": "9022.29", "destination.country": "DE"},
        {"goods.description": "household refrigerators", "goods.hs_code": "8418.21", "destination.country": "DE"},
    ]
    hits = [
        any(found.rule == "ACME-GDS-001" for found in assessment.findings)
        for assessment in map(screener.screen, records)
    ]
    assert hits == [True, True, False]
    framed = screener.screen_frame(pl.DataFrame(records * 40))["screening_findings"].to_list()
    assert ["ACME-GDS-001" in rules for rules in framed] == hits * 40
    with pytest.raises(ExceptionGroup, match="nothing was loaded") as caught:
        load_sources(packs=[pack])
    assert any("unknown list '$goods.acme_projectors'" in str(fault) for fault in caught.value.exceptions)


def test_disabled_categories_break_no_built_in_rule(tmp_path: Path) -> None:
    """With every category switched off the rules still load, and few lines and many get the same answer."""
    ids = "\n".join(f"  - {{id: {key}, disable: true, reason: r, approved_by: a}}" for key in BUILT_IN.categories)
    screener = Screener.build(goods=[write(tmp_path, f"{HEAD}overrides:\n{ids}\n")], as_of=AS_OF)
    records = [
        {"goods.description": "FPV drones", "goods.hs_code": "8806.22", "destination.country": "RU"},
        {"goods.description": "alumina plates", "goods.hs_code": "6909.19", "destination.country": "RU"},
        {"goods.description": "microcontrollers", "goods.hs_code": "8542.31", "destination.country": "RU"},
    ]
    single = [str(screener.screen(record).decision.outcome) for record in records]
    framed = screener.screen_frame(pl.DataFrame(records * 40))["screening_decision"].to_list()
    assert framed == single * 40
    assert single[2] == "block"  # the priority list is no category


def test_the_lists_of_a_screening_have_another_fingerprint(tmp_path: Path) -> None:
    """Every result says which lists it rests on; own goods are part of them."""
    own = Screener.build(goods=[write(tmp_path, HEAD + NEW)], as_of=AS_OF)
    assert own.fingerprints.lists != Screener.default(as_of=AS_OF).fingerprints.lists


def test_the_example_loads_and_does_what_it_says() -> None:
    """It adds one category, changes two, disables one; and every citation of `named_in` is a document."""
    goods = load_goods(own=[EXAMPLE], documents=load_seeds().documents)
    assert classify("electrodynamic shakers", "9031.20", lists=goods).controlled is True
    assert classify("cocktail shaker", lists=goods).categories == ()
    assert classify("drone synthesizers", lists=goods).categories == ()
    assert "cars" not in goods.categories
    assert len(goods.changes) == 3
    assert goods.named_lists["goods.acme_vibration.alone"].values == ("903120",)
    assert goods.named_lists["goods.acme_vibration"].as_of == "2026-11-01"


# --- mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "place", "said"),
    [
        ("add: {strong: [Drone]}", "6:20", "category 'drones' has 'Drone' in 'strong' already"),
        ("add: {weak: [DRONE]}", "6:18", "has 'DRONE' in 'strong' already; remove it there to have it in 'weak'"),
        ("add: {strong: [bagpipe]}", "6:20", "in 'false_friends' already; remove it there to have it in 'strong'"),
        ("add: {false_friends: [{means: m, terms: [UAV]}]}", "6:46", "has 'UAV' in 'strong' already"),
        ("add: {strong: [kite], weak: [kite]}", "6:34", "has 'kite' in 'strong' already"),
        ("add: {strong: [kite, Kite]}", "6:26", "the term 'Kite' stands twice"),
        ("add: {euphemisms: [toy]}", "6:24", "has 'toy' in 'euphemisms' already"),
        ("add: {codes: {'880622': d}}", "6:29", "has '880622' in 'codes' already"),
        ("add: {codes: {'852580': d}}", "6:29", "in 'codes_hs2017' already; remove it there to have it in 'codes'"),
        ("add: {codes: {'8806': d}}", "6:27", "'8806' in 'codes' of 'add' in the override of 'drones' is not a code"),
        ("add: {shared: ['010101']}", "6:20", "the shared code '010101' is no code of category 'drones'"),
        ("add: {shared: ['850440']}", "6:20", "is shared already"),
        ("add: {strong: ['!!']}", "6:20", "holds no word"),
        ("add: {strong: [equipment]}", "6:20", "says nothing about the goods"),
        ("add: {weak: [x]}", "6:18", "is one letter"),
        ("remove: {strong: [dronne]}", "6:23", "has no 'dronne' in 'strong' to remove; did you mean 'drone'?"),
        ("remove: {codes: ['010101']}", "6:22", "has no '010101' in 'codes' to remove"),
        ("remove: {false_friends: [wasp]}", "6:30", "has no 'wasp' in 'false_friends' to remove"),
        ("remove: {shared: ['880622']}", "6:23", "has no '880622' in 'shared' to remove"),
        ("ad: {strong: [kite]}", "6:5", "unknown key 'ad' in the override of 'drones'; did you mean 'add'?"),
        ("add: {stong: [kite]}", "6:11", "unknown key 'stong'"),
        ("set: {label: x}", "6:5", "unknown key 'set'"),
        ("disable: false", "3:5", "changes nothing; write add, remove or disable: true"),
        ("disable: true\n    add: {weak: [kite]}", "6:5", "there is nothing to add or remove"),
        ("disable: maybe", "6:5", "write true or false"),
        ("add: [kite]", "6:10", "must be a mapping"),
        ("add: {strong: kite}", "6:19", "must be a list"),
    ],
)
def test_a_mistake_in_an_override_is_named_at_its_place(tmp_path: Path, body: str, place: str, said: str) -> None:
    """File, line and column, what is wrong, and what would be right where it can be known."""
    faults = faults_of(write(tmp_path, override(body)))
    assert any(fault.startswith(f"own.yml:{place}:") and said in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: acme_projectors", "id: drones", "category 'drones' exists; use overrides to change it"),
        ("id: acme_projectors", "id: drone_s", "rules cannot tell 'drone_s' from the category 'drones'"),
        ("id: acme_projectors", "id: Drones.alone", "must be small letters, digits and _"),
        ("label:", "lable:", "unknown key 'lable'"),
        ("sources: [our manual]", "named_in: ['009']", "unknown document '009'"),
        ("sources: [our manual]", "sources: []", "needs a document that names it"),
        ("codes: {", "codes_hs2017: {", "needs the key 'codes'"),
        ('codes: {"902229": radiography apparatus, "853650": other switches}', "codes: {}", "needs at least one code"),
        ('"902229"', '"9022290"', "six digits"),
        ("weak: [emitter]", "weak: [Radiography Apparatus, emitter, гаммадефектоскоп]", "both strong and weak"),
        ("terms: [light emitter]", "terms: [emitter]", "is a false friend too, and would cancel itself"),
        ("weak_because:", "because:", "'weak_because' must say why"),
        ("[gamma projector,", f"[{'x' * (MAX_TERM + 1)},", f"has {MAX_TERM + 1} characters; the limit is"),
        ("[gamma projector,", "[goods,", "says nothing about the goods"),
        ("[gamma projector,", "[ж,", "is one letter"),
        ("pack: {id: acme,", "pack: {id: Acme!,", "must be lower-case letters"),
        ("pack: {id: acme,", "pack: {id: goods,", "a pack 'goods' is loaded already"),
        ("version: 1}", "version: 1, extends: good}", "which is not loaded; did you mean 'goods'?"),
        ("version: 1}", "version: 1, as_of: autumn}", "write a day"),
        ("version: 1}", "version: 1, schema: 2}", "'schema'"),
        (", version: 1", "", "needs the key 'version'"),
        ("pack: {id: acme, version: 1}", "list: {id: acme}", "needs the key 'pack'"),
        ("categories:", "chategories:", "did you mean 'categories'?"),
    ],
)
def test_a_mistake_in_a_new_category_or_the_head_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The checks of the built-in file hold for own ones, and some more."""
    text = HEAD + NEW
    assert old in text
    faults = faults_of(write(tmp_path, text.replace(old, new, 1)))
    assert any(said in fault and fault.startswith("own.yml:") for fault in faults), faults


def test_all_faults_come_at_once_and_nothing_is_loaded(tmp_path: Path) -> None:
    """Unknown category, missing reason, term that is there, unknown key: one answer, in the order of the file."""
    text = """pack: {id: acme, version: 1}
categories: []
overrides:
  - {id: dronse, disable: true, reason: r, approved_by: a}
  - {id: helmets, add: {strong: [ballistic helmet]}}
  - {id: rifles, add: {stron: [x]}, reason: r, approved_by: a}
wat: 1
"""
    assert faults_of(write(tmp_path, text)) == [
        "own.yml:4:6: no category 'dronse' to override; did you mean 'drones'?",
        "own.yml:5:5: the override of 'helmets' needs the key 'reason'",
        "own.yml:5:5: the override of 'helmets' needs the key 'approved_by'",
        "own.yml:5:34: category 'helmets' has 'ballistic helmet' in 'strong' already",
        "own.yml:6:24: unknown key 'stron' in 'add' in the override of 'rifles'; did you mean 'strong'?",
        "own.yml:7:1: unknown key 'wat' in the goods file; use one of: categories, overrides, pack",
    ]


def test_faults_of_own_goods_come_with_those_of_rules(tmp_path: Path) -> None:
    """A goods file, a list and a profile that are wrong are answered together."""
    own, bad = write(tmp_path, override("add: {strong: [drone]}")), write(tmp_path, "list: 1", "list.yml")
    with pytest.raises(ExceptionGroup) as caught:
        load_sources(watchlists=[bad], goods=[own])
    said = [str(fault) for fault in caught.value.exceptions]
    assert any("own.yml:6:20" in one for one in said)
    assert any(one.startswith("list.yml") for one in said)
    assert pickle.loads(pickle.dumps(caught.value.exceptions[0])).at == caught.value.exceptions[0].at


# --- malice ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"pack: {id: a\n", "is not YAML"),
        (b"- 1\n", "must be a mapping"),
        (b"pack: &a {id: acme}\nx: *a\n", "anchors and aliases are not allowed"),
        (b"pack: !!python/object:os.system x\n", "is not allowed"),
        (b"pack: {id: acme, version: 1}\npack: {id: b, version: 1}\n", "duplicate key 'pack'"),
        (b"x: " + b"[" * 100_000, "is nested more than"),
        (b"x: [" + b"a," * 200_000 + b"]", "which is the limit"),
        (b"x: '" + b"a" * 50_000 + b"'", "which is the limit"),
        (b"a" * 9_000_000, "which is the limit"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "file",
)
def test_a_hostile_file_is_refused_quickly(tmp_path: Path, text: bytes, said: str) -> None:
    """Bombs, tags, depth and size end at once, with a sentence."""
    start = time.process_time()
    assert said in faults_of(write(tmp_path, text))[0]
    assert time.process_time() - start < 5


def test_there_is_an_end_to_categories_terms_and_faults(tmp_path: Path) -> None:
    """More than can be meant is refused, and so is a file of faults."""
    one = "  - {{id: own_{n}, label: l, sources: [s], confidence: c, codes: {{'010121': horses}}, strong: [word{n}]}}\n"
    many = HEAD + "categories:\n" + "".join(one.format(n=n) for n in range(MAX_CATEGORIES))
    assert any("categories; the limit is 500" in fault for fault in faults_of(write(tmp_path, many)))
    terms = ", ".join(f"word {n}" for n in range(MAX_TERMS + 1))
    assert any(
        "terms; the limit is" in fault for fault in faults_of(write(tmp_path, override(f"add: {{weak: [{terms}]}}")))
    )
    wrong = ", ".join(f"'!{'?' * n}'" for n in range(2 * MOST_FAULTS))
    assert len(faults_of(write(tmp_path, override(f"add: {{weak: [{wrong}]}}")))) == MOST_FAULTS


def test_a_missing_or_unreadable_file_is_a_fault_of_the_firm(tmp_path: Path) -> None:
    """It is not one of the lists that come with the program, and says so by having no cause."""
    with pytest.raises(ExceptionGroup) as caught:
        load_goods(own=[tmp_path / "none.yml"])
    (fault,) = caught.value.exceptions
    assert "none.yml: cannot be read" in str(fault)
    assert fault.__cause__ is None


def test_the_built_in_file_says_how_to_extend_it() -> None:
    """The example names the file whose form it takes."""
    assert "watchlists/goods.yml" in EXAMPLE.read_text(encoding="utf-8")
    assert (resources.folder("watchlists") / "goods.yml").exists()
