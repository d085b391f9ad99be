"""Every format is told by what a file holds, and an error names the nearest one; all parties here are made up."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.official import formats
from sanctionscreen.watchlist.official.formats import FORMATS, Format, detect, recognise
from sanctionscreen.watchlist.official.look import look_at
from sanctionscreen.watchlist.official.plain_csv import read_plain_csv
from sanctionscreen.watchlist.official.reading import Report

SDN = '36,"KVANTOR AIR",-0- ,"SYN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
ALT = '36,12,"aka","KVANT AIR",-0- \r\n\x1a'
ADD = '36,25,-0- ,"Izhevsk","Russia",-0- \r\n\x1a'
COMMENTS = "36,\"and so on.; a.k.a. 'KVA'.\"\r\n\x1a"
OFSI = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Group Type,Alias Type,Alias Quality,Regime,Listed On,Group ID\n"
    "Kvantor,,,,,,,Entity,Primary name,,Synthetic,01/02/2023,1\n"
)
DFAT = "Reference|Name of Individual or Entity|Type|Name Type|Alias Strength"
YAML = "# a comment\nlist: {id: own}\nexpect: {entities: 1}\nlists: []\nentities:\n  - {id: kvaz}\n"


def workbook(*rows: list[str]) -> bytes:
    """A workbook of one sheet, as plain as can be."""

    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="List" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def written(folder: Path, *contents: str | bytes) -> list[Path]:
    """Files of names that tell nothing."""
    paths = []
    for number, content in enumerate(contents):
        path = folder / f"download ({number}).bin"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        paths.append(path)
    return paths


EXAMPLES: dict[str, tuple[str | bytes, ...]] = {
    "ofac-csv": (SDN, ALT, ADD, COMMENTS),
    "ofac-xml": ('<sdnList xmlns="http://example.org/new"><publshInformation/><sdnEntry/></sdnList>',),
    "ofac-advanced-xml": ('<Sanctions xmlns="urn:a"><DateOfIssue/><ReferenceValueSets/></Sanctions>',),
    "ofac-enhanced-xml": ("<sanctionsData><publicationInfo/><entities/></sanctionsData>",),
    "csl-csv": ("_id,source,entity_number,type,programs,name,alt_names,source_list_url\n1,SYN,,,,Kvantor,,\n",),
    "csl-json": (json.dumps({"results": [{"id": "1", "source": "SYN", "name": "K", "source_list_url": "u"}]}),),
    "bis-denied": (
        '"Name"\t"Street_Address"\t"City"\t"Effective_Date"\t"Expiration_Date"\t"Standard_Order"\n"K"\t"S"\t"C"\t"01/01/2020"\t"01/01/2030"\t"Y"\n',
    ),
    "eu-fsf-xml": ('<export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity/></export>',),
    "eu-fsf-csv": (
        "\ufefffileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName\n01/01/2026;1;P;Kvantor\n",
    ),
    "eu-annex-iv-csv": ("celex,recordId,programKey,annex,measure,startDate,schema,name,alias\nx,1,p,IV,m,,Company,K,\n",),
    "uk-csv": (
        "Report Date: 13-Feb-2026\nLast Updated,Unique ID,Name 6,Name 1,Name type,Regime Name,Designation Type\n,SYN1,Kvantor,,Primary Name,Syn,Entity\n",
    ),
    "uk-xml": ("<Designations><DateGenerated/><Designation/></Designations>",),
    "ofsi-csv": ("Last Updated,14/04/2025,,,\n" + OFSI,),
    "ofsi-xlsx": (workbook(["Last Updated", "14/04/2025"], *(line.split(",") for line in OFSI.splitlines())),),
    "un-xml": ('<CONSOLIDATED_LIST dateGenerated="x"><INDIVIDUALS/></CONSOLIDATED_LIST>',),
    "seco-xml": ('<swiss-sanctions-list date="2026-08-27"><sanctions-program/></swiss-sanctions-list>',),
    "sema-xml": ("<data-set><record/></data-set>",),
    "dfat-xlsx": (workbook(DFAT.split("|"), ["1", "Kvantor", "Entity", "Primary Name", ""]),),
    "opensanctions-csv": ('"id","schema","name","aliases","countries","identifiers","sanctions"\n"1","Person","K","","","",""\n',),
    "ftm-json": ('{"id": "1", "caption": "K", "schema": "Person", "properties": {}}\n',),
    "senzing-json": ('[\n {"DATA_SOURCE": "S", "RECORD_ID": "1", "NAME_FULL": "K"}]',),
    "own-yaml": (YAML,),
    "plain-csv": ("Наименование;Страна\nКвантор;РФ\n",),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_told_by_what_it_holds(tmp_path: Path, name: str) -> None:
    """One example of each format, under names that say nothing; no two formats claim the same file."""
    paths = written(tmp_path, *EXAMPLES[name])
    form, files = recognise(paths)
    assert form.name == name
    assert detect(paths) is form
    assert tuple(files) == form.parts
    looks = [look_at(path) for path in paths]
    others = [other.name for other in FORMATS.values() if all(other.sniff(look).part for look in looks)]
    assert others == [name]


def test_a_packed_file_is_told_as_well(tmp_path: Path) -> None:
    (path,) = written(tmp_path, gzip.compress(b"<data-set><record/></data-set>"))
    assert detect([path]).name == "sema-xml"


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 2)])
def test_the_files_of_a_set_are_assigned_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Only the comments may be missing: they are empty where no remark is cut."""
    contents = (SDN, ALT, ADD, COMMENTS)
    paths = written(tmp_path, *(contents[place] for place in order))
    _, files = recognise(paths)
    parts = ("main", "aliases", "addresses", "comments")
    assert {part: files[part] for part in files} == {
        parts[place]: path for place, path in zip(order, paths, strict=True)
    }


@pytest.mark.parametrize(
    ("contents", "problem"),
    [
        ((SDN,), r"is one file of OFAC's CSV set .*; missing: aliases, addresses; hand in the files together"),
        ((SDN, ALT, ADD, ALT), "plays the same part .aliases. of OFAC's CSV set .* as download .1..bin"),
        (("<data-set><record/></data-set>",) * 2, "plays the same part .main. of Canada's SEMA list, XML"),
        ((SDN, "<data-set><record/></data-set>"), "1..bin: is not of OFAC's CSV set .*, as download .0..bin is: its first row"),
        (('<sdnlist xmlns="x"><sdnEntry/></sdnlist>',), "nearest is OFAC's XML, but its root element is 'sdnlist' and not 'sdnList'"),
        (("<export><entity/></export>",), "nearest is EU financial sanctions, XML, but it begins without the element sanctionEntity"),
        (('"id","schema","name","aliases","countries","sanctions"\n',), "nearest is OpenSanctions targets.simple.csv, but it has no column identifiers"),
        (("source,name,alt_names,type,programs,addresses,federal_register_notice,start_date,standard_order\n",), "nearest is US Consolidated Screening List, CSV, but it has no column source_list_url"),
        (("firma;land;nummer\n",), "is text, and like none of the 23 formats"),
        (("1,2,3\n",), "nearest is OFAC's CSV set .*, but its first row has 3 columns"),
        (('{"results": [{"name": "x"}]}',), "nearest is US Consolidated Screening List, JSON, but it has no key source, source_list_url"),
        (("list: {id: own}\n",), "nearest is a list of sanctionscreen, YAML, but it has no key entities"),
        ((workbook(["Shoe", "Size"]),), "is a workbook, and like none of"),
    ],
)  # fmt: skip
def test_what_fits_no_format_says_which_is_nearest_and_why_not(
    tmp_path: Path, contents: tuple[str | bytes, ...], problem: str
) -> None:
    """A list that changed its header or root, half of a set, two lists at once: never read as something else."""
    with pytest.raises(WatchlistError, match=problem):
        detect(written(tmp_path, *contents))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("\ufeff\r\n", "is empty"),
        ("<!DOCTYPE html><html><body>moved</body></html>", "is a web page and no list"),
        ("\n <HTML>", "is a web page and no list"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><sdnList><sdnEntry>&b;</sdnEntry></sdnList>', "declares a document type"),
        ("<sdnList", "is not XML"),
        ("%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0rest", "old kind"),
        (b"PK\x03\x04rest", "is a damaged archive"),
        (gzip.compress(b"x" * 100_000, mtime=0)[:60], "is damaged or cut"),
    ],
)
def test_what_is_no_list_file_is_refused_in_plain_words(tmp_path: Path, content: str | bytes, problem: str) -> None:
    with pytest.raises(WatchlistError, match=problem):
        detect(written(tmp_path, content))


def test_an_archive_of_lists_must_be_unpacked(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SDN.XML", "<sdnList/>")
    with pytest.raises(WatchlistError, match="no xlsx workbook; unpack it"):
        detect(written(tmp_path, packed.getvalue()))


def test_no_file_and_no_such_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="no file is given"):
        detect([])
    with pytest.raises(WatchlistError, match="cannot be read"):
        detect([tmp_path / "none"])


def test_a_workbook_of_a_firm_is_read_as_its_own_list(tmp_path: Path) -> None:
    """The same table as CSV or as a workbook gives the same party."""
    (path,) = written(tmp_path, workbook(["名称", "国家"], ["Kvantor LLC", "俄罗斯"]))
    assert detect([path]).name == "plain-csv"
    (party,) = read_plain_csv({"main": path}, Report("own", "denied"))
    assert (party.name, party.countries, party.listings[0].measure) == ("Kvantor LLC", ("RU",), "denied")


def test_every_format_has_a_reader_and_no_reader_is_left_out() -> None:
    """Readers are imported when they are first used, so their names are proved here."""
    named = {form.name: form.reader.__closure__ for form in FORMATS.values()}  # type: ignore[attr-defined]
    for name, cells in named.items():
        reader, module = (cell.cell_contents for cell in cells)
        names = sorted((reader, module), key=lambda one: one.startswith("read_"))
        found = import_module(f"{formats.__package__}.{names[0]}")
        assert callable(getattr(found, names[1])), name


def test_names_and_titles_of_formats_are_unique() -> None:
    assert all(key == form.name and isinstance(form, Format) for key, form in FORMATS.items())
    assert len({form.title for form in FORMATS.values()}) == len(FORMATS)


@pytest.mark.data
def test_the_real_lists_are_told_apart(test_data: Path) -> None:
    """Every real list file, and what stands beside them and is none."""
    lists = test_data / "lists"
    found: dict[str, str] = {}
    for path in sorted(lists.rglob("*")):
        if path.is_file() and "_csv" not in path.parent.name:
            try:
                found[str(path.relative_to(lists))] = detect([path]).name
            except WatchlistError:
                found[str(path.relative_to(lists))] = "none"
    for folder in ("us_ofac_sdn_csv_2024-01", "us_ofac_sdn_csv_2021-07", "us_ofac_cons_csv"):
        form, files = recognise(sorted((lists / folder).iterdir()))
        assert (form.name, set(files)) == ("ofac-csv", set(form.parts))
        assert files["main"].stem in ("sdn", "cons_prim")
    assert {path for path, name in found.items() if name == "none"} == {
        "opensanctions/format_samples_pep/index.json",
        "opensanctions/format_samples_pep/names.txt",
        "samples_small/deriv_sample_moha.xml",
        "vessels_imo_unlisted/vessels.csv",
    }
    assert set(found.values()) == set(FORMATS) - {
        "ofac-csv", "csl-json", "eu-fsf-csv", "eu-annex-iv-csv", "uk-xml", "own-yaml", "plain-csv"
    } | {"none"}  # fmt: skip
