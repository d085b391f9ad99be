"""OFAC's lists in four formats: the same party comes out of each, and nothing is lost in silence."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedName, ListedParty, Measure
from sanctionscreen.watchlist.official import ofac_references
from sanctionscreen.watchlist.official.ofac_advanced_xml import read_ofac_advanced_xml
from sanctionscreen.watchlist.official.ofac_csv import read_ofac_csv
from sanctionscreen.watchlist.official.ofac_enhanced_xml import read_ofac_enhanced_xml
from sanctionscreen.watchlist.official.ofac_xml import read_ofac_xml
from sanctionscreen.watchlist.official.reading import Reader, Report

NULL = "-0- "
CSV_NAMES = {
    "sdn": {"main": "sdn.csv", "aliases": "alt.csv", "addresses": "add.csv", "comments": "sdn_comments.csv"},
    "cons": {
        "main": "cons_prim.csv",
        "aliases": "cons_alt.csv",
        "addresses": "cons_add.csv",
        "comments": "cons_comments.csv",
    },
}


def csv_row(*cells: str) -> str:
    return ",".join(cell if cell.isdigit() or cell.startswith("-0-") else f'"{cell}"' for cell in cells) + "\r\n"


def sdn_row(number: int, name: str, kind: str = NULL, programme: str = "SDGT", remarks: str = NULL, **more: str) -> str:
    middle = [more.get(key, NULL) for key in ("title", "call_sign", "type", "tonnage", "gross", "flag", "owner")]
    return csv_row(str(number), name, kind, programme, *middle, remarks)


def csv_set(
    folder: Path, main: str, aliases: str = "", addresses: str | None = None, comments: str = ""
) -> dict[str, Path]:
    """The four files, each with the 0x1A that OFAC ends them with; a blank address row for each entity by default."""
    if addresses is None:
        numbers = [line.split(",")[0] for line in main.splitlines() if line[:1].isdigit()]
        addresses = "".join(csv_row(number, f"{number}1", NULL, NULL, NULL, NULL) for number in numbers)
    files = {}
    for part, text in (("main", main), ("aliases", aliases), ("addresses", addresses), ("comments", comments)):
        files[part] = folder / CSV_NAMES["sdn"][part]
        files[part].write_bytes(text.encode() + b"\x1a")
    return files


def read(
    reader: Reader, files: Mapping[str, Path], measure: Measure = "asset_freeze"
) -> tuple[list[ListedParty], Report]:
    report = Report("us-ofac", measure)
    return list(reader(files, report)), report


def one(folder: Path, main: str, **more: str) -> tuple[ListedParty, Report]:
    parties, report = read(read_ofac_csv, csv_set(folder, main, **more))
    assert len(parties) == 1
    return parties[0], report


def shown(names: tuple[ListedName, ...]) -> list[tuple[str, str, str]]:
    return [(name.text, name.quality, name.kind) for name in names]


# CSV


def test_a_person_in_csv(tmp_path: Path) -> None:
    """A person has the names of alt.csv, the weak ones of the remarks, addresses, dates, numbers and programmes."""
    party, report = one(
        tmp_path,
        sdn_row(
            11,
            "BRILKOV, Osip",
            "individual",
            "SDGT] [IFSR",
            "DOB 25 Mar 1977; alt. DOB circa 1976; POB Tver, Russia; nationality Russia; alt. nationality Korea, North; "
            "Gender Male; Passport 92/664 (Egypt) issued 01 Feb 2010 expires 31 Jan 2015; Tax ID No. 7700000000 (Russia); "
            "a.k.a. 'OSYA'; f.k.a. 'THE QUIET ONE'; Linked To: GLIMMERVALE LLC.",
            title="Director",
        ),
        aliases=csv_row("11", "21", "aka", "BRYLKOV, Iosif", NULL) + csv_row("11", "22", "fka", "ZORIN, Osip", NULL),
        addresses=csv_row("11", "31", "5 Made-up Lane", "Tver 170000", "Russia", NULL)
        + csv_row("11", "32", NULL, NULL, "Cuba", NULL),
    )
    assert shown(party.names) == [
        ("BRILKOV, Osip", "primary", ""),
        ("BRYLKOV, Iosif", "strong", "alias"),
        ("ZORIN, Osip", "strong", "former"),
        ("OSYA", "weak", "alias"),
        ("THE QUIET ONE", "weak", "former"),
    ]
    assert (party.id, party.kind, party.source) == ("us-ofac:11", "person", "sdn.csv line 1")
    assert party.addresses == ("5 Made-up Lane, Tver 170000, Russia",)
    assert party.countries == ("RU", "CU", "KP")
    assert [(d.what, d.text, d.first, d.last) for d in party.dates] == [
        ("birth", "25 Mar 1977", date(1977, 3, 25), date(1977, 3, 25)),
        ("birth", "circa 1976", date(1976, 1, 1), date(1976, 12, 31)),
    ]
    assert [(n.kind, n.number, n.country, n.note) for n in party.numbers] == [
        ("Passport", "92/664", "EG", "issued 01 Feb 2010; expires 31 Jan 2015"),
        ("Tax ID No.", "7700000000", "RU", ""),
    ]
    assert [(one.programme, one.measure) for one in party.listings] == [
        ("SDGT", "asset_freeze"),
        ("IFSR", "asset_freeze"),
    ]
    assert party.note == (
        "Title: Director; POB: Tver, Russia; nationality: Russia; nationality: Korea, North; Gender: Male; "
        "Linked To: GLIMMERVALE LLC."
    )
    assert not report.unknown
    assert report.counts["weak names"] == 2


REMARKS = [
    ("Vessel Registration Identification IMO 9074729; MMSI 572469210", [("IMO", "9074729"), ("MMSI", "572469210")]),
    ("Identification Number IMO 5074729 (Russia)", [("IMO", "5074729")]),
    ("International Maritime Organization No. (5074729).", [("IMO", "5074729")]),
    ("Registration Number 1027700000000 (Russia).", [("Registration Number", "1027700000000")]),
    ("Folio Mercantil No. 22839 (Jalisco) (Mexico)", [("Folio Mercantil No.", "22839")]),
    ("NIT # 800146749-7 (Colombia)", [("NIT #", "800146749-7")]),
    ("Italian Fiscal Code: ABCDEF70A01H501X.", [("Italian Fiscal Code", "ABCDEF70A01H501X")]),
    ("SWIFT/BIC HAVIGB2L", [("SWIFT/BIC", "HAVIGB2L")]),
    ("alt. Digital Currency Address - XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT", [
        ("Digital Currency Address - XBT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT")
    ]),
    ("Unified Social Credit Code (USCC) 9113100033607322XK (China)", [
        ("Unified Social Credit Code (USCC)", "9113100033607322XK")
    ]),
    ("Passport issued in Amman", []),
    ("Phone Number 982188526300", []),
    ("Secondary sanctions risk: section 1(b) of Executive Order 13224", []),
    ("Member of the board since 1998.", []),
]  # fmt: skip


@pytest.mark.parametrize(("remarks", "numbers"), REMARKS)
def test_identifiers_in_remarks(tmp_path: Path, remarks: str, numbers: list[tuple[str, str]]) -> None:
    """Labelled numbers in remarks are identifiers; everything else stays a remark, and is not lost."""
    party, report = one(tmp_path, sdn_row(1, "GLIMMERVALE LLC", remarks=remarks))
    assert [(n.kind, n.number) for n in party.numbers] == numbers
    assert party.note or numbers
    assert not report.unknown


ALIASES = [
    ("a.k.a. 'GLIM'.", "GLIM"),
    ("alt. a.k.a. 'GLIM'", "GLIM"),
    ("a.k.a. 'Abu Ali al-Samarra'i'", "Abu Ali al-Samarra'i"),
    ("a.k.a. 'GLIM S.A.'.", "GLIM S.A."),
    ("n.k.a. 'GLIM, Old'", "GLIM, Old"),
]


@pytest.mark.parametrize(("remarks", "name"), ALIASES)
def test_weak_aliases_in_remarks(tmp_path: Path, remarks: str, name: str) -> None:
    """A weak alias stands in the remarks, in single quotes, which may be in the name too."""
    party, _ = one(tmp_path, sdn_row(1, "GLIMMERVALE LLC", remarks=f"Website www.example.com; {remarks}"))
    assert [(n.text, n.quality) for n in party.names[1:]] == [(name, "weak")]


def test_a_strong_name_that_is_weak_too_stays_strong(tmp_path: Path) -> None:
    """Of two names alike the better quality stands."""
    party, _ = one(
        tmp_path, sdn_row(1, "GLIMMERVALE LLC", remarks="a.k.a. 'GLIM'"), aliases=csv_row("1", "2", "aka", "GLIM", NULL)
    )
    assert shown(party.names)[1] == ("GLIM", "strong", "alias")


def test_a_vessel_in_csv(tmp_path: Path) -> None:
    """A ship keeps its former names, call sign, flag and IMO; the year is its build."""
    party, report = one(
        tmp_path,
        sdn_row(
            5, "AMBER TERN", "vessel", "NPWMD", "Vessel Registration Identification IMO 9074729; Vessel Year of Build 1999; "
            "Former Vessel Flag Malta", call_sign="T2EU4", type="Tanker", tonnage="99,144", flag="Iran", owner="NITC",
        ),
        aliases=csv_row("5", "1", "fka", "GREY TERN", NULL),
    )  # fmt: skip
    assert party.kind == "vessel"
    assert party.identifiers == ("T2EU4", "9074729")
    assert party.countries == ("IR",)
    assert shown(party.names)[1] == ("GREY TERN", "strong", "former")
    assert [(d.what, d.first) for d in party.dates] == [("build", date(1999, 1, 1))]
    assert "Former Vessel Flag: Malta" in party.note
    assert "Vessel Owner: NITC" in party.note
    assert not report.unknown


def test_remarks_go_on_in_the_comments_in_the_middle_of_a_word(tmp_path: Path) -> None:
    """A remark of 1,000 characters is joined with its comment without a space."""
    start = f"{'x' * 986}; a.k.a. 'GLIM"
    party, report = one(
        tmp_path,
        sdn_row(1, "GLIMMERVALE LLC", remarks=start),
        comments=csv_row("1", "MER'; Tax ID No. 7700000000 (Russia)."),
    )
    assert len(start) == 1000
    assert ("GLIMMER", "weak", "alias") in shown(party.names)
    assert party.identifiers == ("7700000000",)
    assert not report.unknown


def test_the_half_number_of_a_cut_remark_is_no_identifier(tmp_path: Path) -> None:
    """Where the end of a remark is not in the comments, its last clause may be half, and is said."""
    remarks = "Tax ID No. 7700000000 (Russia); " + "y" * 941 + "; Registration Number 10277"
    assert len(remarks) == 1000
    party, report = one(tmp_path, sdn_row(1, "GLIMMERVALE LLC", remarks=remarks))
    assert party.identifiers == ("7700000000",)
    assert "Registration Number 10277 (cut by the publisher)" in party.note
    assert list(report.unknown) == ["ends of remarks cut at 1,000 characters, which are not in the comments"]
    files = csv_set(tmp_path, sdn_row(1, "GLIMMERVALE LLC", remarks=remarks))
    del files["comments"]
    with pytest.raises(WatchlistError, match=r"go on in sdn_comments\.csv"):
        read(read_ofac_csv, files)


@pytest.mark.parametrize(
    ("country", "code", "unknown"),
    [
        ("Korea, North", "KP", False),
        ("Palestinian", "PS", False),
        ("Region: Gaza", "PS", False),
        ("Region: Crimea", "UA", False),
        ("undetermined", "", False),
        ("Netherlands Antilles", "", False),
        ("Ruritania", "", True),
    ],
)
def test_countries_of_ofac(tmp_path: Path, country: str, code: str, unknown: bool) -> None:
    """OFAC's own names of places are codes, or none; others that no table knows are counted and stay readable."""
    party, report = one(tmp_path, sdn_row(1, "GLIMMERVALE LLC"), addresses=csv_row("1", "2", NULL, NULL, country, NULL))
    assert party.countries == ((code,) if code else ())
    assert bool(report.unknown) == unknown
    assert not party.addresses
    assert (country in party.note) == (country not in ("Korea, North", "undetermined"))


def test_unknown_words_in_csv_are_counted(tmp_path: Path) -> None:
    """An unknown kind, type of alias or label is kept and counted."""
    party, report = one(
        tmp_path,
        sdn_row(1, "GLIMMERVALE LLC", "submarine", remarks="Ruritanian Trade Number 123456"),
        aliases=csv_row("1", "2", "xka", "GLIM", "doubtful"),
    )
    assert party.kind == "any"
    assert (party.names[1].kind, party.names[1].note) == ("xka", "doubtful")
    assert "Ruritanian Trade Number 123456" in party.note
    assert sorted(report.unknown) == [
        "kind of party 'submarine'",
        "label 'Ruritanian Trade Number' in remarks",
        "type of alias 'xka'",
    ]


CONSOLIDATED = [
    ("UKRAINE-EO13662", False),
    ("CMIC-EO13959", False),
    ("NS-PLC", False),
    ("561-Related", False),
    ("CAATSA - RUSSIA", False),
    ("UKRAINE-EO13662] [RURITANIA-EO99999", True),
]


@pytest.mark.parametrize(("programme", "unknown"), CONSOLIDATED)
def test_programmes_of_the_consolidated_lists(tmp_path: Path, programme: str, unknown: bool) -> None:
    """The lists beside the SDN list freeze nothing; a programme that is not known is sectoral there, and counted."""
    files = csv_set(tmp_path, sdn_row(1, "GLIMMERVALE LLC", programme=programme))
    parties, report = read(read_ofac_csv, files, "sectoral")
    assert {one.measure for one in parties[0].listings} == {"sectoral"}
    assert list(report.unknown) == (["programme 'RURITANIA-EO99999', taken as sectoral"] if unknown else [])


def test_the_sdn_list_in_the_place_of_the_consolidated_one_is_refused(tmp_path: Path) -> None:
    """And the other way round: a wrong file would change what each hit means."""
    files = csv_set(
        tmp_path, sdn_row(1, "GLIMMERVALE LLC", programme="IFSR") + sdn_row(2, "AMBER LLC", programme="CUBA")
    )
    with pytest.raises(WatchlistError, match="is it the SDN list"):
        read(read_ofac_csv, files, "sectoral")
    files = csv_set(tmp_path, sdn_row(1, "GLIMMERVALE LLC", programme="CMIC-EO13959"))
    with pytest.raises(WatchlistError, match="is of the consolidated lists"):
        read(read_ofac_csv, files)


LISTED = [
    ("CMIC-EO13959", "Listing Date (CMIC) 03 Jun 2021", date(2021, 6, 3)),
    (
        "RUSSIA-EO14024",
        "Listing Date (EO 14024 Directive 3): 24 Feb 2022; Listing Date (EO 14024 Directive 2): 1 Mar 2022",
        date(2022, 2, 24),
    ),
    ("RUSSIA-EO14024", "Listing Date (EO 14024 Directive 1a): 22 Feb 2022", None),
    ("UKRAINE-EO13662] [RUSSIA-EO14024", "Listing Date (EO 14024 Directive 3): 24 Feb 2022", None),
    ("CMIC-EO13959", "Effective Date (CMIC) 02 Aug 2021", None),
]


@pytest.mark.parametrize(("programme", "remarks", "day"), LISTED)
def test_listing_dates_in_csv(tmp_path: Path, programme: str, remarks: str, day: date | None) -> None:
    """A listing has the date of its directive, but not where an older one may have come first."""
    files = csv_set(tmp_path, sdn_row(1, "GLIMMERVALE LLC", programme=programme, remarks=remarks))
    parties, _ = read(read_ofac_csv, files, "sectoral")
    assert {one.listed_from for one in parties[0].listings} == {day}
    assert bool(parties[0].listings[0].date_basis) == (day is not None)


def many(count: int) -> str:
    return "".join(sdn_row(number, f"GLIMMERVALE {number} LLC") for number in range(1, count + 1))


def test_a_few_rows_without_counterpart_are_counted(tmp_path: Path) -> None:
    """Sets fetched around an update may differ by a few entries; comments of delisted ones are left behind."""
    aliases = "".join(csv_row(str(number), f"{number}1", "aka", f"GLIM {number}", NULL) for number in range(1, 202))
    files = csv_set(tmp_path, many(200), aliases=aliases, comments=csv_row("999", "rest"))
    parties, report = read(read_ofac_csv, files)
    assert len(parties) == 200
    assert dict(report.unknown) == {
        "rows of alt.csv whose entity is not in the list": 1,
        "comments of entities that are not in the list": 1,
    }


def hostile_csv(folder: Path) -> Iterator[tuple[str, dict[str, Path], str]]:
    good = many(200)
    addresses = "".join(csv_row(str(number), "1", NULL, NULL, NULL, NULL) for number in range(1, 201))
    aliases = csv_row("1", "2", "aka", "GLIM", NULL)
    yield "cut", csv_set(folder, many(100), addresses=addresses), "not in the list"
    yield "cut in a row", csv_set(folder, good[:-30], addresses=addresses), "columns where sdn.csv has 12"
    yield (
        "addresses cut",
        csv_set(folder, good, addresses="".join(addresses.splitlines(keepends=True)[:150])),
        "has no row for",
    )
    yield "aliases of another list", csv_set(folder, good, aliases=csv_row("777", "2", "aka", "X", NULL)), "one set"
    yield "web page", csv_set(folder, "<!DOCTYPE html>\n<html><body>404</body></html>"), "is it the file"
    yield "wrong part", csv_set(folder, aliases), "has 5 columns where sdn.csv has 12"
    yield "header", csv_set(folder, csv_row(*"abcdefghijkl") + good), "no number in the first"
    yield "twice", csv_set(folder, sdn_row(1, "GLIM") * 2), "has entity 1 twice"
    yield "empty", csv_set(folder, ""), "holds no entry"
    yield "no aliases", {k: v for k, v in csv_set(folder, good).items() if k != "aliases"}, "has no part 'aliases'"


def test_faulty_csv_is_refused(tmp_path: Path) -> None:
    """Whatever is cut, of another list or no list at all is refused, and the error says what is wrong."""
    for name, files, message in hostile_csv(tmp_path):
        with pytest.raises(WatchlistError, match=message):
            pytest.fail(f"{name} was read: {read(read_ofac_csv, files)[1]}")


# SDN.XML

ENTRY = """<sdnEntry><uid>{uid}</uid><firstName>Osip</firstName><lastName>BRILKOV</lastName><title>Director</title>
<sdnType>Individual</sdnType><remarks>(Linked To: GLIMMERVALE LLC)</remarks>
<programList><program>{programme}</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>92/664</idNumber><idCountry>Egypt</idCountry>
<expirationDate>31 Jan 2015</expirationDate></id>
<id><uid>2</uid><idType>Tax ID No.</idType><idNumber>7700000000 (Russia)</idNumber></id>
<id><uid>3</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>4</uid><idType>Secondary sanctions risk:</idType><idNumber>Section 11</idNumber></id></idList>
<akaList><aka><uid>5</uid><type>a.k.a.</type><category>{category}</category><lastName>OSYA</lastName></aka>
<aka><uid>6</uid><type>f.k.a.</type><category>strong</category><lastName>ZORIN</lastName><firstName>Osip</firstName></aka>
</akaList>
<addressList><address><uid>7</uid><address1>5 Made-up Lane</address1><city>Tver</city><postalCode>170000</postalCode>
<country>Russia</country></address></addressList>
<nationalityList><nationality><uid>8</uid><country>Russia</country><mainEntry>true</mainEntry></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><uid>9</uid><dateOfBirth>1975 to Mar 1977</dateOfBirth><mainEntry>true</mainEntry>
</dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>10</uid><placeOfBirth>Tver</placeOfBirth><mainEntry>true</mainEntry>
</placeOfBirthItem></placeOfBirthList>{more}</sdnEntry>"""
OLD, NEW = (
    "http://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
)


def legacy(entries: list[str], count: int | None = None, namespace: str = NEW, head: str = "") -> str:
    return f"""<?xml version="1.0" standalone="yes"?>{head}
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{namespace}"><publshInformation>
<Publish_Date>03/28/2025</Publish_Date><Record_Count>{len(entries) if count is None else count}</Record_Count>
</publshInformation>{"".join(entries)}</sdnList>"""


def entry(uid: int = 11, programme: str = "SDGT", category: str = "weak", more: str = "") -> str:
    return ENTRY.format(uid=uid, programme=programme, category=category, more=more)


def read_text(
    reader: Reader, folder: Path, text: str, measure: Measure = "asset_freeze"
) -> tuple[list[ListedParty], Report]:
    path = folder / "sdn.xml"
    path.write_text(text, "utf-8")
    return read(reader, {"main": path}, measure)


@pytest.mark.parametrize("namespace", [OLD, NEW])
def test_a_person_in_xml(tmp_path: Path, namespace: str) -> None:
    """The older XML is read in both of its namespaces; weak aliases are weak, and the count is checked."""
    (party,), report = read_text(read_ofac_xml, tmp_path, legacy([entry()], namespace=namespace))
    assert shown(party.names) == [
        ("BRILKOV, Osip", "primary", ""),
        ("OSYA", "weak", "alias"),
        ("ZORIN, Osip", "strong", "former"),
    ]
    assert party.addresses == ("5 Made-up Lane, Tver, 170000, Russia",)
    assert [(n.kind, n.number, n.country, n.note) for n in party.numbers] == [
        ("Passport", "92/664", "EG", "expires 31 Jan 2015"),
        ("Tax ID No.", "7700000000", "RU", ""),
    ]
    assert [(d.first, d.last) for d in party.dates] == [(date(1975, 1, 1), date(1977, 3, 31))]
    assert party.countries == ("RU",)
    assert (party.source, party.listings[0].measure) == ("sdn.xml entry 1", "asset_freeze")
    for told in ("Gender: Male", "POB: Tver", "Title: Director", "(Linked To: GLIMMERVALE LLC)", "nationality: Russia"):
        assert told in party.note
    assert (report.published, report.announced, dict(report.unknown)) == (date(2025, 3, 28), 1, {})


def test_packed_xml_is_read(tmp_path: Path) -> None:
    """A gzip file is read as it is."""
    path = tmp_path / "sdn.xml.gz"
    path.write_bytes(gzip.compress(legacy([entry()]).encode()))
    assert len(read(read_ofac_xml, {"main": path})[0]) == 1


def test_unknown_parts_of_xml_are_counted(tmp_path: Path) -> None:
    """Elements, attributes, labels and a namespace that no reader knows are said; unknown numbers are kept."""
    more = "<idList><id><idType>Ruritanian No.</idType><idNumber>4711</idNumber></id></idList><crew size='3'/>"
    text = legacy([entry(more=more)], namespace="urn:new").replace("</sdnList>", "<extras/></sdnList>")
    (party,), report = read_text(read_ofac_xml, tmp_path, text)
    assert "4711" in party.identifiers
    assert sorted(report.unknown) == [
        "attribute 'size'",
        "element 'crew'",
        "element 'extras'",
        "label 'Ruritanian No.'",
        "namespace 'urn:new'",
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
FAULTY_XML = [
    (legacy([entry()], count=2), "says that it has 2 entries and has 1"),
    (legacy([entry(), entry()]), "has entry 11 twice"),
    (legacy([entry(category="middling")]), "category 'middling'; known are strong and weak"),
    (legacy([entry()])[:-200], "is not XML, or is cut"),
    (legacy([entry()], head=BOMB), "document type"),
    (legacy([entry()]).replace("03/28/2025", "2025-03-28"), "MM/DD/YYYY"),
    (legacy([entry()]).replace("<uid>11</uid>", ""), "has no uid"),
    (legacy([]), "holds no entry"),
    ("<html><body>Not found</body></html>", "is a web page; it should be SDN.XML"),
    ("<Sanctions/>", "SDN_ADVANCED.XML or CONS_ADVANCED.XML; it should be SDN.XML"),
    ("<list/>", "is of <list>"),
    ("{}", "is not XML"),
    (f'<sdnList xmlns="{NEW}">{entry()}</sdnList>', "does not say how many entries"),
]


@pytest.mark.parametrize(("text", "message"), FAULTY_XML)
def test_faulty_xml_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """What is cut, counted wrong, of another format or hostile is refused."""
    with pytest.raises(WatchlistError, match=message):
        read_text(read_ofac_xml, tmp_path, text)


# Enhanced XML

ENTITY = """<entity id="11"><generalInfo><identityId>1</identityId><entityType refId="600">Individual</entityType>
<remarks>Quiet.</remarks><title>Director</title></generalInfo>
<sanctionsLists>{lists}</sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="1" id="2">{programme}</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="1" id="2">Block</sanctionsType></sanctionsTypes>
<legalAuthorities><legalAuthority refId="1" id="2">Executive Order 14024</legalAuthority></legalAuthorities>
<names><name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation id="1"><isPrimary>true</isPrimary><script refId="1">Latin</script><formattedFirstName>Osip</formattedFirstName>
<formattedLastName>BRILKOV</formattedLastName><formattedFullName>BRILKOV, Osip</formattedFullName></translation>
<translation id="2"><isPrimary>false</isPrimary><script refId="2">Cyrillic</script>
<formattedFullName>БРИЛЬКОВ, Осип</formattedFullName></translation></translations></name>
<name id="2"><isPrimary>false</isPrimary><aliasType refId="1401">F.K.A.</aliasType><isLowQuality>{low}</isLowQuality>
<translations><translation id="3"><isPrimary>true</isPrimary><script refId="1">Latin</script>
<formattedLastName>OSYA</formattedLastName></translation></translations></name></names>
<addresses><address id="1"><country refId="1">Russia</country><translations>
<translation id="1"><isPrimary>true</isPrimary><script refId="1">Latin</script><addressParts>
<addressPart id="1"><type refId="1">CITY</type><value>Tver</value></addressPart>
<addressPart id="2"><type refId="2">ADDRESS1</type><value>5 Made-up Lane</value></addressPart></addressParts></translation>
<translation id="2"><isPrimary>false</isPrimary><script refId="2">Cyrillic</script><addressParts>
<addressPart id="3"><type refId="1">CITY</type><value>Тверь</value></addressPart></addressParts></translation>
</translations></address></addresses>
<features><feature id="1"><type featureTypeId="8">Birthdate</type><versionId>1</versionId><value>1951</value>
<valueDate id="1"><fromDateBegin>1951-01-01</fromDateBegin><fromDateEnd>1951-01-01</fromDateEnd>
<isApproximate>false</isApproximate><isDateRange>false</isDateRange></valueDate><isPrimary>true</isPrimary></feature>
<feature id="2"><type featureTypeId="9">Place of Birth</type><versionId>1</versionId><value>Tver</value>
<isPrimary>true</isPrimary></feature>
<feature id="3"><type featureTypeId="344">Digital Currency Address - XBT</type><versionId>1</versionId>
<value>1BoatSLRHtKNngkdXEeobR76b53LETtpyT</value><isPrimary>true</isPrimary></feature>
<feature id="4"><type featureTypeId="10">Nationality Country</type><versionId>1</versionId><value>Cuba</value>
<isPrimary>true</isPrimary></feature></features>
<identityDocuments><identityDocument id="1"><type refId="1571">Passport</type><name nameId="1" nameTranslationId="1">X</name>
<documentNumber>92/664</documentNumber><isValid>false</isValid><issuingCountry refId="1">Egypt</issuingCountry>
<expirationDate id="1"><fromDateBegin>2015-01-31</fromDateBegin><isApproximate>false</isApproximate>
<isDateRange>false</isDateRange></expirationDate></identityDocument></identityDocuments>
<relationships><relationship id="1"><type refId="1">Owned or Controlled By</type>
<relatedEntity entityId="12">GLIMMERVALE LLC</relatedEntity></relationship></relationships></entity>"""
SDN_LIST = '<sanctionsList refId="1550" id="1" datePublished="2022-02-24">SDN List</sanctionsList>'
CMIC_LIST = (
    '<sanctionsList refId="9" id="1" datePublished="2021-06-03">Non-SDN CMIC List</sanctionsList>'
    '<sanctionsList refId="91512" id="2" datePublished="2014-10-10">Consolidated List</sanctionsList>'
)


def enhanced(lists: str = SDN_LIST, programme: str = "SDGT", low: str = "true") -> str:
    namespace = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
    body = ENTITY.format(lists=lists, programme=programme, low=low)
    return f"""<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="{namespace}"><publicationInfo>
<dataAsOf>2026-07-27T00:00:00</dataAsOf><filters><sanctionsLists/></filters></publicationInfo>
<referenceValues><referenceValue refId="1"><type>Script</type><value>Latin</value></referenceValue></referenceValues>
<featureTypes><featureType featureTypeId="8"><type>Birthdate</type></featureType></featureTypes>
<entities>{body}</entities></sanctionsData>"""


def test_a_person_in_enhanced_xml(tmp_path: Path) -> None:
    """The newest format gives scripts, lists with their dates, documents and relations."""
    (party,), report = read_text(read_ofac_enhanced_xml, tmp_path, enhanced())
    assert [(n.text, n.quality, n.kind, n.script) for n in party.names] == [
        ("BRILKOV, Osip", "primary", "", ""),
        ("БРИЛЬКОВ, Осип", "strong", "original script", "Cyrillic"),
        ("OSYA", "weak", "former", ""),
    ]
    assert party.addresses == ("5 Made-up Lane, Tver, Russia", "Тверь, Russia")
    assert party.countries == ("RU", "CU")
    assert [(d.text, d.first, d.last) for d in party.dates] == [("1951", date(1951, 1, 1), date(1951, 12, 31))]
    assert [(n.kind, n.number, n.country, n.note) for n in party.numbers] == [
        ("Digital Currency Address - XBT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "", ""),
        ("Passport", "92/664", "EG", "expires 2015-01-31; not valid"),
    ]
    (listing,) = party.listings
    assert (listing.measure, listing.programme, listing.listed_from) == ("asset_freeze", "SDGT", date(2022, 2, 24))
    for told in (
        "Owned or Controlled By: GLIMMERVALE LLC (entity 12)",
        "Quiet.",
        "Sanctions type: Block",
        "List: SDN List",
    ):
        assert told in party.note
    assert (report.published, dict(report.unknown)) == (date(2026, 7, 27), {})


def test_the_list_of_an_entry_says_what_it_means(tmp_path: Path) -> None:
    """In the newer formats the named list decides, whatever the file is said to be; the umbrella gives no date."""
    (party,), report = read_text(read_ofac_enhanced_xml, tmp_path, enhanced(CMIC_LIST, "CMIC-EO13959"))
    assert (party.listings[0].measure, party.listings[0].listed_from) == ("sectoral", date(2021, 6, 3))
    assert not report.unknown
    (party,), _ = read_text(read_ofac_enhanced_xml, tmp_path, enhanced(SDN_LIST + CMIC_LIST), "sectoral")
    assert party.listings[0].measure == "asset_freeze"


FAULTY_ENHANCED = [
    (enhanced(SDN_LIST.replace("SDN List", "Ruritania List")), "is on 'Ruritania List', which is not known"),
    (enhanced(low="maybe"), "isLowQuality is 'maybe'; it should be true or false"),
    (enhanced().replace('<entity id="11">', "<entity>"), "has no id"),
    (
        enhanced().replace("</entities>", ENTITY.format(lists=SDN_LIST, programme="X", low="true") + "</entities>"),
        "twice",
    ),
    (enhanced()[:-300], "is not XML, or is cut"),
    ("<sdnList/>", "it should be SDN_ENHANCED.XML"),
]


@pytest.mark.parametrize(("text", "message"), FAULTY_ENHANCED)
def test_faulty_enhanced_xml_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A list or quality that is not known could change what a hit means, and stops the reading."""
    with pytest.raises(WatchlistError, match=message):
        read_text(read_ofac_enhanced_xml, tmp_path, text)


def test_parts_of_an_enhanced_address_of_one_type_stand_together(tmp_path: Path) -> None:
    """No part of an address takes the place of another."""
    second = '<addressPart id="9"><type refId="2">ADDRESS1</type><value>Back door</value></addressPart></addressParts>'
    text = enhanced().replace("</addressParts>", second, 1)
    (party,), _ = read_text(read_ofac_enhanced_xml, tmp_path, text)
    assert "5 Made-up Lane Back door, Tver, Russia" in party.addresses


def test_unknown_parts_of_enhanced_xml_are_counted(tmp_path: Path) -> None:
    """Elements at any depth, features and kinds that are new are said."""
    text = enhanced().replace("Individual", "Robot").replace("Place of Birth", "Place of Manufacture")
    text = text.replace("</generalInfo>", "<mood>calm</mood></generalInfo>").replace(
        "</entities>", "</entities><more/>"
    )
    (party,), report = read_text(read_ofac_enhanced_xml, tmp_path, text)
    assert "Place of Manufacture: Tver" in party.note
    assert party.kind == "any"
    assert sorted(report.unknown) == [
        "element 'mood'",
        "element 'more'",
        "kind of party 'Robot'",
        "label 'Place of Manufacture'",
    ]


# Advanced XML

SETS = """<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType>
<AliasType ID="1403">Name</AliasType></AliasTypeValues>
<AreaCodeValues><AreaCode ID="1" CountryID="1" Description="Russia" AreaCodeTypeID="1">RU</AreaCode></AreaCodeValues>
<CountryValues><Country ID="1" ISO2="RU">Russia</Country><Country ID="2" ISO2="EG">Egypt</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType>
<FeatureType ID="25">Location</FeatureType><FeatureType ID="224">Gender</FeatureType>
<FeatureType ID="344">Digital Currency Address - XBT</FeatureType></FeatureTypeValues>
<IDRegDocDateTypeValues><IDRegDocDateType ID="1481">Expiration Date</IDRegDocDateType></IDRegDocDateTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
<LegalBasisValues><LegalBasis ID="1">Executive Order 14024</LegalBasis></LegalBasisValues>
<ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List>
<List ID="92071">Non-SDN CMIC List</List></ListValues>
<LocPartTypeValues><LocPartType ID="1">Unknown</LocPartType><LocPartType ID="1451">ADDRESS1</LocPartType>
<LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
</NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="3">Vessel</PartySubType>
<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType></RelationTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="2">Block</SanctionsType>
</SanctionsTypeValues>
<ScriptValues><Script ID="215">Latin</Script><Script ID="220">Cyrillic</Script><Script ID="300">Han</Script></ScriptValues>
</ReferenceValueSets>"""


def part(group: int, script: int, text: str) -> str:
    return (
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" ScriptStatusID="1" '
        f'Acronym="false">{text}</NamePartValue></DocumentedNamePart>'
    )


def day(tag: str, year: int, month: int, number: int) -> str:
    return f"<{tag}><Year>{year}</Year><Month>{month}</Month><Day>{number}</Day></{tag}>"


def period(first: tuple[int, int, int], last: tuple[int, int, int], about: str = "false") -> str:
    return (
        f'<DatePeriod CalendarTypeID="1"><Start Approximate="{about}">{day("From", *first)}{day("To", *first)}</Start>'
        f'<End Approximate="{about}">{day("From", *last)}{day("To", *last)}</End></DatePeriod>'
    )


PLACES = """<Locations><Location ID="500"><LocationAreaCode AreaCodeID="1"/><LocationCountry CountryID="1" CountryRelevanceID="1"/>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="false" LocPartValueTypeID="1" LocPartValueStatusID="1">
<Comment>Russian</Comment><Value>Тверь</Value></LocationPartValue><LocationPartValue Primary="true" LocPartValueTypeID="1"
LocPartValueStatusID="1"><Comment/><Value>Tver</Value></LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">
<Comment/><Value>5 Made-up Lane</Value></LocationPartValue></LocationPart><FeatureVersionReference FeatureVersionID="1"/>
</Location><Location ID="501"><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true" LocPartValueTypeID="1"
LocPartValueStatusID="1"><Value>Cuba</Value></LocationPartValue></LocationPart></Location></Locations>"""
PAPERS = f"""<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="7000" IssuedBy-CountryID="2" ValidityID="1">
<Comment/><IDRegistrationNo>92/664</IDRegistrationNo><IssuingAuthority/><DocumentDate IDRegDocDateTypeID="1481">
{period((2015, 1, 31), (2015, 1, 31))}</DocumentDate></IDRegDocument></IDRegDocuments>"""
BORN = period((1951, 1, 1), (1951, 12, 31))
PARTY = f"""<DistinctParty FixedRef="11"><Comment/><Profile ID="11" PartySubTypeID="4">
<Identity ID="7000" FixedRef="11" Primary="true" False="false">
<Alias FixedRef="11" AliasTypeID="1401" Primary="false" LowQuality="true"><DocumentedName ID="3" FixedRef="11"
DocNameStatusID="2">{part(63, 215, "OSYA")}</DocumentedName></Alias>
<Alias FixedRef="11" AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="1" FixedRef="11"
DocNameStatusID="1">{part(62, 215, "Osip")}{part(61, 215, "BRILKOV")}</DocumentedName>
<DocumentedName ID="2" FixedRef="11" DocNameStatusID="2">{part(61, 220, "Брильков")}{part(62, 220, "Осип")}</DocumentedName>
<DocumentedName ID="4" FixedRef="11" DocNameStatusID="2">{part(61, 300, "布")}{part(62, 300, "奥西普")}</DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="61" NamePartTypeID="1520"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="62" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups></Identity>
<Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1" ReliabilityID="1"><Comment/>{BORN}<VersionDetail DetailTypeID="1430"/>
</FeatureVersion><IdentityReference IdentityID="7000" IdentityFeatureLinkTypeID="1"/></Feature>
<Feature ID="2" FeatureTypeID="10"><FeatureVersion ID="2"><Comment/><VersionDetail DetailTypeID="1433"/>
<VersionLocation LocationID="501"/></FeatureVersion></Feature>
<Feature ID="3" FeatureTypeID="25"><FeatureVersion ID="3"><Comment/><VersionLocation LocationID="500"/></FeatureVersion></Feature>
<Feature ID="4" FeatureTypeID="224"><FeatureVersion ID="4"><Comment/><VersionDetail DetailTypeID="1431"
DetailReferenceID="91526"/></FeatureVersion></Feature>
<Feature ID="5" FeatureTypeID="344"><FeatureVersion ID="5"><Comment/><VersionDetail DetailTypeID="1432">1BoatSLRHtKNngk</VersionDetail>
</FeatureVersion></Feature></Profile></DistinctParty>"""


def sanctions_entry(number: int, list_id: int, programme: str = "SDGT", year: int = 2022) -> str:
    return f"""<SanctionsEntry ID="{number}" ProfileID="11" ListID="{list_id}"><EntryEvent ID="{number}" EntryEventTypeID="1"
LegalBasisID="1"><Comment/><Date CalendarTypeID="1">{day("X", year, 2, 24)[3:-4]}</Date></EntryEvent>
<SanctionsMeasure ID="1" SanctionsTypeID="2"><Comment/></SanctionsMeasure>
<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>{programme}</Comment></SanctionsMeasure></SanctionsEntry>"""


SDN_ENTRY = sanctions_entry(1, 1550)


def advanced(entries: str = SDN_ENTRY, sets: str = SETS, party: str = PARTY, last: str = "") -> str:
    namespace = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
    return f"""<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="{namespace}" Version="3">
<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>9</Month><Day>23</Day></DateOfIssue>{sets}{PLACES}{PAPERS}
<DistinctParties>{party}</DistinctParties><ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="11"
To-ProfileID="12" RelationTypeID="15003" RelationQualityID="1" Former="false" SanctionsEntryID="1"><Comment/>
</ProfileRelationship></ProfileRelationships><SanctionsEntries>{entries}</SanctionsEntries><SanctionsEntryLinks/>{last}</Sanctions>"""


def test_a_person_in_advanced_xml(tmp_path: Path) -> None:
    """Names, places, documents and entries that stand apart, and refer to sets of values, come together."""
    (party,), report = read_text(read_ofac_advanced_xml, tmp_path, advanced())
    assert [(n.text, n.quality, n.kind, n.script) for n in party.names] == [
        ("BRILKOV, Osip", "primary", "", ""),
        ("OSYA", "weak", "former", ""),
        ("Брильков Осип", "strong", "original script", "Cyrillic"),
        ("布奥西普", "strong", "original script", "Han"),
    ]
    assert (party.id, party.kind) == ("us-ofac:11", "person")
    assert party.addresses == ("5 Made-up Lane, Tver, Russia", "Тверь, Russia")
    assert party.countries == ("CU", "RU")
    assert [(d.text, d.first, d.last) for d in party.dates] == [("1951", date(1951, 1, 1), date(1951, 12, 31))]
    assert [(n.kind, n.number, n.country, n.note) for n in party.numbers] == [
        ("Passport", "92/664", "EG", "Expiration Date 31 Jan 2015"),
        ("Digital Currency Address - XBT", "1BoatSLRHtKNngk", "", ""),
    ]
    (listing,) = party.listings
    assert (listing.measure, listing.programme, listing.listed_from) == ("asset_freeze", "SDGT", date(2022, 2, 24))
    for told in ("Gender: Male", "Owned or Controlled By: entry 12", "Legal authority: Executive Order 14024"):
        assert told in party.note
    assert (report.published, dict(report.unknown)) == (date(2026, 9, 23), {})


def test_sets_of_values_may_stand_last(tmp_path: Path) -> None:
    """What refers to values waits for them."""
    first, _ = read_text(read_ofac_advanced_xml, tmp_path, advanced())
    assert read_text(read_ofac_advanced_xml, tmp_path, advanced(sets="", last=SETS))[0] == first


PERIODS = [
    ((1951, 3, 12), (1951, 3, 12), "false", "12 Mar 1951"),
    ((1951, 3, 1), (1951, 3, 31), "false", "Mar 1951"),
    ((1951, 1, 1), (1951, 12, 31), "true", "circa 1951"),
    ((1951, 1, 1), (1953, 12, 31), "false", "01 Jan 1951 to 31 Dec 1953"),
    ((1951, 3, 12), (1951, 6, 30), "false", "12 Mar 1951 to 30 Jun 1951"),
]


@pytest.mark.parametrize(("first", "last", "about", "text"), PERIODS)
def test_periods_keep_their_precision(
    tmp_path: Path, first: tuple[int, int, int], last: tuple[int, int, int], about: str, text: str
) -> None:
    """A birth date has the days that the list gives, and words as precise as they are."""
    party_text = PARTY.replace(BORN, period(first, last, about))
    (party,), _ = read_text(read_ofac_advanced_xml, tmp_path, advanced(party=party_text))
    assert [(d.text, d.first, d.last) for d in party.dates] == [(text, date(*first), date(*last))]


def test_lists_of_advanced_entries_decide(tmp_path: Path) -> None:
    """The list of an entry decides what it means; the umbrella list gives neither measure nor date."""
    entries = sanctions_entry(1, 92071, "CMIC-EO13959", 2021) + sanctions_entry(2, 91512, "CMIC-EO13959", 2014)
    (party,), report = read_text(read_ofac_advanced_xml, tmp_path, advanced(entries), "sectoral")
    (listing,) = party.listings
    assert (listing.measure, listing.listed_from) == ("sectoral", date(2021, 2, 24))
    assert not report.unknown


FAULTY_ADVANCED = [
    (advanced(sanctions_entry(1, 4711)), "is on 'number 4711', which is not known"),
    (advanced(party=PARTY.replace('LowQuality="true"', 'LowQuality="low"')), "LowQuality of an alias is 'low'"),
    (advanced(party=PARTY + PARTY), "has profile 11 twice"),
    (advanced(party=""), "holds no entry"),
    (advanced()[:-300], "is not XML, or is cut"),
    (advanced().replace("<Sanctions ", BOMB + "<Sanctions "), "document type"),
    ("<sanctionsData/>", "it should be SDN_ADVANCED.XML"),
]


@pytest.mark.parametrize(("text", "message"), FAULTY_ADVANCED)
def test_faulty_advanced_xml_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A list or quality that is not known stops the reading, as does a cut file."""
    with pytest.raises(WatchlistError, match=message):
        read_text(read_ofac_advanced_xml, tmp_path, text)


def test_loose_ends_of_advanced_xml_are_counted(tmp_path: Path) -> None:
    """Documents, entries and numbers that lead nowhere, and sections that are new, are said."""
    text = advanced(SDN_ENTRY + SDN_ENTRY.replace('ProfileID="11"', 'ProfileID="99"'), last="<Weather/>")
    text = text.replace('IdentityID="7000" IssuedBy', 'IdentityID="7777" IssuedBy').replace(
        'LocationID="500"', 'LocationID="9"'
    )
    text = text.replace('<RelationType ID="15003">', '<RelationType ID="15004">')
    _, report = read_text(read_ofac_advanced_xml, tmp_path, text)
    assert sorted(report.unknown) == [
        "RelationTypeID '15003', which no set explains",
        "documents of identities that are not in the file",
        "element 'Weather'",
        "places that are not in the file",
        "sanctions entries of profiles that are not in the file",
    ]


def test_comments_change_nothing_in_advanced_xml(tmp_path: Path) -> None:
    """With comments in it, the file is read whole each time instead of section by section; the parties are the same."""
    (plain, first), (full, second) = (
        read_text(read_ofac_advanced_xml, tmp_path, text)
        for text in (advanced(), advanced().replace("<Alias ", "<!-- </DistinctParties> --><Alias "))
    )
    assert plain == full
    assert first.unknown == second.unknown == {}


def test_advanced_xml_with_more_references_than_can_be_held_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that parties refer to is held in memory, so there is a limit to it."""
    monkeypatch.setattr(ofac_references, "_MOST", 3)
    with pytest.raises(WatchlistError, match="over 3 places, documents, relations and entries"):
        read_text(read_ofac_advanced_xml, tmp_path, advanced())


# The real files

CSV_SETS = [
    # folder, kind, entries, rows of alt.csv, weak names, what is not understood and why that is so:
    # this copy of the comments is older than the rest: three of its entities are gone, and seven ends are missing
    ("us_ofac_sdn_csv_2024-01", "sdn", 13_821, 17_091, 3_391, {
        "ends of remarks cut at 1,000 characters, which are not in the comments": 7,
        "comments of entities that are not in the list": 3,
    }),
    ("us_ofac_sdn_csv_2021-07", "sdn", 8_976, 11_910, 2_441, {}),
    ("us_ofac_cons_csv", "cons", 442, 1_073, 72, {}),
]  # fmt: skip


@pytest.mark.data
@pytest.mark.parametrize(("folder", "kind", "entries", "aliases", "weak", "unknown"), CSV_SETS)
def test_real_csv_sets(
    test_data: Path, folder: str, kind: str, entries: int, aliases: int, weak: int, unknown: dict[str, int]
) -> None:
    """Every row of the real sets is read: each alias is a name, but for the few that a party has twice."""
    files = {part: test_data / "lists" / folder / name for part, name in CSV_NAMES[kind].items()}
    parties, report = read(read_ofac_csv, files, "asset_freeze" if kind == "sdn" else "sectoral")
    twice = entries + aliases + weak - report.counts["names"]
    assert (len(parties), report.counts["entries"], report.counts["weak names"]) == (entries, entries, weak)
    assert 0 <= twice <= 6
    assert dict(report.unknown) == unknown
    assert {one.measure for party in parties for one in party.listings} == {
        "asset_freeze" if kind == "sdn" else "sectoral"
    }
    assert sum(party.kind == "vessel" and any(n.kind == "IMO" for n in party.numbers) for party in parties) >= (
        370 if kind == "sdn" else 0
    )


XML_FILES = [
    ("us_ofac_sdn_xml_2021-03/sdn.xml.gz", "asset_freeze", 8_832, 22_920, 2_402, date(2021, 3, 10)),
    ("us_ofac_cons_xml_2025-03/consolidated.xml", "sectoral", 443, 1_578, 70, date(2025, 3, 28)),
]


@pytest.mark.data
@pytest.mark.parametrize(("file", "measure", "entries", "names", "weak", "published"), XML_FILES)
def test_real_xml_files(
    test_data: Path, file: str, measure: Measure, entries: int, names: int, weak: int, published: date
) -> None:
    """The real files have as many entries as they say, and nothing in them is unknown."""
    parties, report = read(read_ofac_xml, {"main": test_data / "lists" / file}, measure)
    assert (len(parties), report.announced, report.published) == (entries, entries, published)
    assert (report.counts["names"], report.counts["weak names"]) == (names, weak)
    assert not report.unknown
    assert {one.measure for party in parties for one in party.listings} == {measure}


@pytest.mark.data
def test_two_formats_give_the_same_parties(test_data: Path) -> None:
    """CSV and XML of the same year differ only where the list itself did in the four months between them."""
    lists = test_data / "lists"
    csv_files = {part: lists / "us_ofac_sdn_csv_2021-07" / name for part, name in CSV_NAMES["sdn"].items()}
    old = {party.id: party for party in read(read_ofac_xml, {"main": lists / "us_ofac_sdn_xml_2021-03/sdn.xml.gz"})[0]}
    new = {party.id: party for party in read(read_ofac_csv, csv_files)[0]}
    both = sorted(old.keys() & new.keys())
    assert len(both) == 8_762
    assert sum(set(shown(old[one].names)) != set(shown(new[one].names)) for one in both) <= 15
    assert sum(set(old[one].identifiers) != set(new[one].identifiers) for one in both) <= 8
    assert sum(set(old[one].dates) != set(new[one].dates) for one in both) <= 4
    assert sum(old[one].kind != new[one].kind for one in both) == 0


@pytest.mark.data
def test_real_samples_of_the_newer_formats(test_data: Path) -> None:
    """The trimmed samples are read; what was trimmed away is said."""
    samples = test_data / "lists" / "samples_small"
    (party,), report = read(read_ofac_advanced_xml, {"main": samples / "ofac_advanced_distinctparty_trimmed.xml"})
    assert shown(party.names) == [
        ("AEROCARIBBEAN AIRLINES", "primary", ""),
        ("AERO-CARIBBEAN", "strong", "alias"),
    ]
    assert list(report.unknown) == ["parties without a sanctions entry"]
    (party,), report = read(
        read_ofac_enhanced_xml, {"main": samples / "ofac_cons_enhanced_trimmed_2026-07-27.xml"}, "sectoral"
    )
    assert (party.listings[0].measure, party.listings[0].listed_from) == ("sectoral", date(2006, 4, 12))
    assert party.countries == ("PS",)
    assert list(report.unknown) == ["names without isLowQuality, taken as strong"]
