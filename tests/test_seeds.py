"""The evidence files: what they hold, and that nothing loads from a faulty one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import resources
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist import Seeds, load_seeds

FACT_CLAIMS = [
    *(f"000-{n}" for n in range(1, 7)),
    *(f"001-{n}" for n in range(1, 7)),
    *(f"002-{n}" for n in range(1, 4)),
    *(f"003-{n}" for n in range(1, 14)),
    *(f"004-{n}" for n in range(1, 6)),
]


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pair of evidence files that loads."""
    (tmp_path / "documents.yml").write_text(
        """list: {id: d, title: T, issuer: I, retrieved: 2026-01-31}
expect: {documents: 1}
documents:
  - {id: D1, kind: article, title: A report, publisher: P, date: 2026-01-30, checked: full text, confidence: high}
""",
        "utf-8",
    )
    (tmp_path / "claims.yml").write_text(
        """list: {id: c, title: T, issuer: I, retrieved: 2026-01-31}
expect: {claims: 1, conflicts: 1}
claims:
  - {id: D1-1, document: D1, kind: trade, claim: Trade fell, figures: [-3], attributed_to: P, from: [CN], check: none}
conflicts:
  - {id: x, topic: what it measures, claims: [D1-1]}
""",
        "utf-8",
    )
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_seeds(folder)
    assert all(isinstance(fault, WatchlistError) for fault in caught.value.exceptions)
    return [str(fault) for fault in caught.value.exceptions]


def test_every_claim_of_the_articles_is_there(seeds: Seeds) -> None:
    """The 33 claims stand under the ids of the facts, in their order."""
    assert list(seeds.claims) == FACT_CLAIMS


def test_five_articles(seeds: Seeds) -> None:
    """The five articles are documents, and every claim is of one of them."""
    articles = [document.id for document in seeds.documents.values() if document.kind == "article"]
    assert articles == ["000", "001", "002", "003", "004"]
    assert {claim.document for claim in seeds.claims.values()} == set(articles)


@pytest.mark.parametrize(
    ("claim", "figures", "unit", "goods", "way"),
    [
        ("000-1", (-15.0,), "percent, year on year", ("general_machinery_electrical",), (("CN",), ("RU",))),
        ("001-2", (90.0,), "percent (about)", ("microelectronics", "missile_tank_aircraft_parts"), (("CN",), ("RU",))),
        ("002-3", (1.2,), "billion USD", ("microelectronics", "telecom", "servers"), (("GB", "CN"), ("RU",))),
        ("003-5", (30.0,), "times", ("drones",), (("CN",), ("RU", "UA"))),
        ("003-10", (0.4, 300.0), "million USD", ("body_armour", "helmets", "armour_ceramics"), (("CN",), ("RU",))),
        ("000-5", (), "", (), (("US",), ())),
    ],
)
def test_figures_carry_over(
    seeds: Seeds, claim: str, figures: tuple, unit: str, goods: tuple, way: tuple[tuple, tuple]
) -> None:
    """Figures, units, goods and countries are those of the facts."""
    found = seeds.claims[claim]
    assert (found.figures, found.unit, found.goods) == (figures, unit, goods)
    assert (found.from_countries, found.to_countries) == way


def test_conflicting_claims_are_kept_apart(seeds: Seeds) -> None:
    """Three groups of claims look alike and are not merged."""
    assert [conflict.claims for conflict in seeds.conflicts] == [
        ("001-2", "004-1"),
        ("000-1", "000-3", "001-1"),
        ("002-1",),
    ]


def test_page_date_is_not_the_article_date(seeds: Seeds) -> None:
    """The re-post without a date of its own has none, and says where the date on its page comes from."""
    assert seeds.documents["003"].date is None
    assert "2023-07-24" in seeds.documents["003"].date_note


def test_red_flag_sources_can_be_cited(seeds: Seeds) -> None:
    """Every source of the red flags is a document with the state of its check."""
    cited = "F22 F23 N23 TS23 TS24 Q23 NCA OTSI EU23 EUFAQ G7 BIS732 BIS24 FR24 EO14114 OFAC26 EU12G EUECG SEED".split()
    assert all(seeds.documents[key].checked for key in cited)
    assert seeds.documents["F22"].date == date(2022, 6, 28)
    assert "not found" in seeds.documents["Q23"].checked


def test_small_folder_loads(folder: Path) -> None:
    """A folder in the same format loads."""
    assert list(load_seeds(folder).claims) == ["D1-1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "claims.yml",
            "document: D1,",
            "document: D2,",
            "claims.yml:4:16: claim 'D1-1' is of the unknown document 'D2'",
        ),
        ("claims.yml", "claims: [D1-1]", "claims: [D1-9]", "cites the unknown claim 'D1-9'; did you mean 'D1-1'?"),
        ("claims.yml", "kind: trade", "kind: trad", "is 'trad'; did you mean 'trade'?"),
        ("claims.yml", "from: [CN]", "from: [CHN]", "'CHN' in 'from' of claim 'D1-1' is no ISO country code"),
        ("claims.yml", "figures: [-3]", "figures: [three]", "'three' in 'figures' of claim 'D1-1' is no number"),
        ("claims.yml", "check: none", "chekc: none", "unknown key 'chekc' in claim 'D1-1'; did you mean 'check'?"),
        ("claims.yml", "claims: 1,", "claims: 33,", "holds 1 claims, fewer than the 33 that the file expects"),
        ("documents.yml", "documents: 1", "documents: 5", "holds 1 documents, fewer than the 5 that the file expects"),
        ("documents.yml", "date: 2026-01-30", "date: 2026-02-30", "write a day as 2026-01-31"),
        ("documents.yml", "date: 2026-01-30, ", "", "needs a date, or a date_note"),
        ("documents.yml", "kind: article", "kind: blog", "is 'blog'; use one of:"),
        ("documents.yml", "confidence: high", "rests_on: [D7], confidence: high", "cites the unknown document 'D7'"),
    ],
)
def test_faults_name_their_place(folder: Path, file: str, old: str, new: str, message: str) -> None:
    """A fault says the file and line, what is wrong and what would be right."""
    change(folder / file, old, new)
    found = faults(folder)
    assert any(message in fault and fault.startswith(f"{file}:") for fault in found), found


def test_all_faults_of_both_files_come_at_once(folder: Path) -> None:
    """One load reports the faults of both files together."""
    change(folder / "documents.yml", "kind: article", "kind: blog")
    change(folder / "claims.yml", "kind: trade", "kind: trad")
    change(folder / "claims.yml", "from: [CN]", "from: [XX]")
    assert len(faults(folder)) == 3


def test_id_given_twice(folder: Path) -> None:
    """The second of two equal ids is a fault that names the line of the first."""
    change(
        folder / "claims.yml",
        "conflicts:\n",
        "  - {id: D1-1, document: D1, kind: trade, claim: Again, attributed_to: P, check: none}\nconflicts:\n",
    )
    assert faults(folder) == ["claims.yml:5:6: the id 'D1-1' is given twice, first at line 4"]


def test_missing_file(tmp_path: Path) -> None:
    """A folder without the files is a fault for each."""
    assert len(faults(tmp_path)) == 2


def test_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    """Comments and the order of keys do not change the fingerprint; a changed fact does."""
    copied = tmp_path / "seeds"
    shutil.copytree(resources.folder("seeds"), copied)
    before = load_seeds(copied).fingerprint
    assert before == load_seeds().fingerprint

    change(copied / "claims.yml", "claims:\n", "# a remark\nclaims:\n")
    change(copied / "claims.yml", "    kind: policy\n    claim: US announced", "    claim: US announced")
    change(copied / "claims.yml", '    period: "2023-12"\n', '    kind: policy\n    period: "2023-12"\n')
    assert load_seeds(copied).fingerprint == before

    change(copied / "claims.yml", "figures: [240]", "figures: [241]")
    assert load_seeds(copied).fingerprint != before
