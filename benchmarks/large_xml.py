"""Made-up XML lists of any size, in the forms of the United Nations and of OFAC's two newer files, to measure with.

Parties have about as many names, places, documents and features as those of the published samples; nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

_OFAC = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports"
_SETS = """<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
<AreaCodeValues><AreaCode ID="1" CountryID="1" Description="Russia" AreaCodeTypeID="1">RU</AreaCode></AreaCodeValues>
<CountryValues><Country ID="1" ISO2="RU">Russia</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="25">Location</FeatureType>
<FeatureType ID="224">Gender</FeatureType><FeatureType ID="21">Website</FeatureType></FeatureTypeValues>
<IDRegDocDateTypeValues><IDRegDocDateType ID="1481">Expiration Date</IDRegDocDateType></IDRegDocDateTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1584">Tax ID No.</IDRegDocType>
</IDRegDocTypeValues><LegalBasisValues><LegalBasis ID="1">A made-up order</LegalBasis></LegalBasisValues>
<ListValues><List ID="1550">SDN List</List></ListValues>
<LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType>
<LocPartType ID="1456">POSTAL CODE</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
</NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15003">Associate Of</RelationType></RelationTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="2">Block</SanctionsType>
</SanctionsTypeValues>
<ScriptValues><Script ID="215">Latin</Script><Script ID="220">Cyrillic</Script></ScriptValues></ReferenceValueSets>
"""


def _un(number: int) -> str:
    return (
        f"<INDIVIDUAL><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>VYMYSEL{number}</FIRST_NAME>"
        f"<SECOND_NAME>PRIMER</SECOND_NAME><UN_LIST_TYPE>Made up</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>XXi.{number}</REFERENCE_NUMBER><LISTED_ON>2020-01-01</LISTED_ON>"
        f"<COMMENTS1>{'made up remark ' * 30}</COMMENTS1></INDIVIDUAL>\n"
    )


def _name_parts(number: int, script: int, last: str, first: str) -> str:
    return "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{number}{group}" ScriptID="{script}" ScriptStatusID="1" '
        f'Acronym="false">{text}</NamePartValue></DocumentedNamePart>\n'
        for group, text in ((1, last), (2, first))
    )


def _day(tag: str, month: int, day: int) -> str:
    return f"<{tag}><Year>1970</Year><Month>{month}</Month><Day>{day}</Day></{tag}>\n"


_FIXED = 'YearFixed="false" MonthFixed="false" DayFixed="false"'
_PERIOD = (
    f'<DatePeriod CalendarTypeID="1" {_FIXED}>\n'
    f'<Start Approximate="false" {_FIXED}>\n{_day("From", 1, 1)}{_day("To", 1, 1)}</Start>\n'
    f'<End Approximate="false" {_FIXED}>\n{_day("From", 12, 31)}{_day("To", 12, 31)}</End>\n'
    "</DatePeriod>\n"
)


def _alias(number: int, n: int) -> str:
    kind, primary = (1403, "true") if not n else (1400, "false")
    cyrillic = "" if n else _documented(number, 9, 220, f"ВЫМЫСЕЛ{number}", "Пример")
    return (
        f'<Alias FixedRef="{number}" AliasTypeID="{kind}" Primary="{primary}" LowQuality="false">\n'
        f"{_documented(number, n, 215, f'VYMYSEL{number}', f'Primer{n}')}{cyrillic}</Alias>\n"
    )


def _documented(number: int, n: int, script: int, last: str, first: str) -> str:
    return (
        f'<DocumentedName ID="{number}{n}" FixedRef="{number}" DocNameStatusID="1">\n'
        f"{_name_parts(number, script, last, first)}</DocumentedName>\n"
    )


def _feature(number: int, kind: int, content: str) -> str:
    return (
        f'<Feature ID="{number}{kind}" FeatureTypeID="{kind}">\n'
        f'<FeatureVersion ID="{number}{kind}" ReliabilityID="1">\n'
        f"<Comment />\n{content}</FeatureVersion>\n"
        f'<IdentityReference IdentityID="{number}" IdentityFeatureLinkTypeID="1" /></Feature>\n'
    )


def _advanced_party(number: int) -> str:
    features = (
        (8, f'{_PERIOD}<VersionDetail DetailTypeID="1430" />\n'),
        (9, '<VersionDetail DetailTypeID="1432">Madeupville</VersionDetail>\n'),
        (25, f'<VersionLocation LocationID="{number}1" />\n'),
        (25, f'<VersionLocation LocationID="{number}2" />\n'),
        (224, '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526" />\n'),
        (21, f'<VersionDetail DetailTypeID="1432">www.made-up-{number}.example</VersionDetail>\n'),
    )
    groups = "".join(
        f'<MasterNamePartGroup>\n<NamePartGroup ID="{number}{n}" NamePartTypeID="{kind}" />\n</MasterNamePartGroup>\n'
        for n, kind in ((1, 1520), (2, 1521))
    )
    return (
        f'<DistinctParty FixedRef="{number}">\n<Comment />\n<Profile ID="{number}" PartySubTypeID="4">\n'
        f'<Identity ID="{number}" FixedRef="{number}" Primary="true" False="false">\n'
        f"{''.join(_alias(number, n) for n in range(3))}<NamePartGroups>\n{groups}</NamePartGroups>\n</Identity>\n"
        f"{''.join(_feature(number, kind, content) for kind, content in features)}</Profile>\n</DistinctParty>\n"
    )


def _location(number: int) -> str:
    parts = "".join(
        f'<LocationPart LocPartTypeID="{kind}">\n<LocationPartValue Primary="true" LocPartValueTypeID="1" '
        f'LocPartValueStatusID="1">\n<Comment />\n<Value>{text}</Value>\n</LocationPartValue>\n</LocationPart>\n'
        for kind, text in ((1451, f"{number} Made-up Lane"), (1454, "Madeupville"), (1456, f"{number:06}"))
    )
    return "".join(
        f'<Location ID="{number}{n}">\n<LocationAreaCode AreaCodeID="1" />\n<LocationCountry CountryID="1" '
        f'CountryRelevanceID="1" />\n{parts}<FeatureVersionReference FeatureVersionID="{number}25" />\n</Location>\n'
        for n in (1, 2)
    )


def _paper(number: int) -> str:
    return "".join(
        f'<IDRegDocument ID="{number}{n}" IDRegDocTypeID="{kind}" IdentityID="{number}" IssuedBy-CountryID="1" '
        f'ValidityID="1">\n<Comment />\n<IDRegistrationNo>{number:07}{n}</IDRegistrationNo>\n<IssuingAuthority />\n'
        f'<DocumentDate IDRegDocDateTypeID="1481">\n{_PERIOD}</DocumentDate>\n</IDRegDocument>\n'
        for n, kind in ((1, 1571), (2, 1584))
    )


def _relation(number: int) -> str:
    return (
        f'<ProfileRelationship ID="{number}" From-ProfileID="{number}" To-ProfileID="1" RelationTypeID="15003" '
        f'RelationQualityID="1" Former="false" SanctionsEntryID="{number}">\n<Comment />\n</ProfileRelationship>\n'
    )


def _entry(number: int) -> str:
    return (
        f'<SanctionsEntry ID="{number}" ProfileID="{number}" ListID="1550">\n<EntryEvent ID="{number}" '
        f'EntryEventTypeID="1" LegalBasisID="1">\n<Comment />\n<Date CalendarTypeID="1">\n<Year>2020</Year>\n'
        f"<Month>1</Month>\n<Day>2</Day>\n</Date>\n</EntryEvent>\n"
        f'<SanctionsMeasure ID="{number}1" SanctionsTypeID="2">\n<Comment />\n</SanctionsMeasure>\n'
        f'<SanctionsMeasure ID="{number}2" SanctionsTypeID="1">\n<Comment>MADE-UP</Comment>\n</SanctionsMeasure>\n'
        f"</SanctionsEntry>\n"
    )


def _translated(n: int, content: str, script: str) -> str:
    return (
        f'<translation id="{n}">\n<isPrimary>{"true" if script == "Latin" else "false"}</isPrimary>\n'
        f'<script refId="1">{script}</script>\n{content}</translation>\n'
    )


def _spelled(number: int, last: str, first: str) -> str:
    return (
        f"<formattedFirstName>{first}</formattedFirstName>\n<formattedLastName>{last}</formattedLastName>\n"
        f"<formattedFullName>{last}, {first}</formattedFullName>\n<nameParts>\n"
        f'<namePart id="{number}1">\n<type refId="1520">Last Name</type>\n<value>{last}</value>\n</namePart>\n'
        f'<namePart id="{number}2">\n<type refId="1521">First Name</type>\n<value>{first}</value>\n</namePart>\n'
        f"</nameParts>\n"
    )


def _enhanced_name(number: int, n: int) -> str:
    kind = "" if not n else '<aliasType refId="1400">A.K.A.</aliasType>\n'
    spelled = _translated(1, _spelled(number, f"VYMYSEL{number}", f"Primer{n}"), "Latin")
    cyrillic = "" if n else _translated(2, _spelled(number, f"ВЫМЫСЕЛ{number}", "Пример"), "Cyrillic")
    return (
        f'<name id="{number}{n}">\n<isPrimary>{"false" if n else "true"}</isPrimary>\n{kind}'
        f"<isLowQuality>false</isLowQuality>\n<translations>\n{spelled}{cyrillic}</translations>\n</name>\n"
    )


def _enhanced_address(number: int, n: int) -> str:
    parts = "".join(
        f'<addressPart id="{number}{kind}">\n<type refId="{kind}">{what}</type>\n<value>{text}</value>\n'
        "</addressPart>\n"
        for kind, what, text in (
            (1451, "ADDRESS1", f"{number}{n} Made-up Lane"),
            (1454, "CITY", "Madeupville"),
            (1456, "POSTAL CODE", f"{number:06}"),
        )
    )
    content = _translated(1, f"<addressParts>\n{parts}</addressParts>\n", "Latin")
    return (
        f'<address id="{number}{n}">\n<country refId="1">Russia</country>\n'
        f"<translations>\n{content}</translations>\n</address>\n"
    )


def _enhanced(number: int) -> str:
    features = "".join(
        f'<feature id="{number}{n}">\n<type featureTypeId="{n}">{kind}</type>\n<versionId>1</versionId>\n'
        f"<value>{value}</value>\n{more}<isPrimary>true</isPrimary>\n</feature>\n"
        for n, kind, value, more in (
            (8, "Birthdate", "1970", _ENHANCED_YEAR),
            (9, "Place of Birth", "Madeupville", ""),
            (10, "Nationality Country", "Russia", ""),
            (224, "Gender", "Male", ""),
            (21, "Website", f"www.made-up-{number}.example", ""),
        )
    )
    papers = "".join(
        f'<identityDocument id="{number}{n}">\n<type refId="{n}">{kind}</type>\n<documentNumber>{number:07}{n}'
        f'</documentNumber>\n<isValid>true</isValid>\n<issuingCountry refId="1">Russia</issuingCountry>\n'
        f"</identityDocument>\n"
        for n, kind in ((1, "Passport"), (2, "Tax ID No."))
    )
    return (
        f'<entity id="{number}">\n<generalInfo>\n<identityId>{number}</identityId>\n<entityType refId="600">Individual'
        f"</entityType>\n<remarks>Made up.</remarks>\n</generalInfo>\n<sanctionsLists>\n"
        f'<sanctionsList refId="1550" id="{number}" datePublished="2020-01-02">SDN List</sanctionsList>\n'
        "</sanctionsLists>\n<sanctionsPrograms>\n"
        f'<sanctionsProgram refId="1" id="{number}">MADE-UP</sanctionsProgram>\n'
        f'</sanctionsPrograms>\n<sanctionsTypes>\n<sanctionsType refId="2" id="{number}">Block</sanctionsType>\n'
        f'</sanctionsTypes>\n<legalAuthorities>\n<legalAuthority refId="1" id="{number}">A made-up order'
        f"</legalAuthority>\n</legalAuthorities>\n"
        f"<names>\n{''.join(_enhanced_name(number, n) for n in range(3))}</names>\n"
        f"<addresses>\n{''.join(_enhanced_address(number, n) for n in (1, 2))}</addresses>\n"
        f"<features>\n{features}</features>\n<identityDocuments>\n{papers}</identityDocuments>\n"
        f'<relationships>\n<relationship id="{number}">\n<type refId="15003">Associate Of</type>\n'
        f'<relatedEntity entityId="1">VYMYSEL1, Primer0</relatedEntity>\n</relationship>\n</relationships>\n</entity>\n'
    )


_ENHANCED_YEAR = (
    '<valueDate id="1">\n<fromDateBegin>1970-01-01</fromDateBegin>\n<fromDateEnd>1970-01-01</fromDateEnd>\n'
    "<toDateBegin>1970-12-31</toDateBegin>\n<toDateEnd>1970-12-31</toDateEnd>\n"
    "<isApproximate>false</isApproximate>\n<isDateRange>true</isDateRange>\n</valueDate>\n"
)
_HEADS = {
    "un-xml": '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00"><INDIVIDUALS>\n',
    "ofac-advanced-xml": f'<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="{_OFAC}/ADVANCED_XML">\n'
    '<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>9</Month><Day>23</Day></DateOfIssue>\n' + _SETS,
    "ofac-enhanced-xml": f'<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="{_OFAC}/ENHANCED_XML">\n'
    "<publicationInfo><dataAsOf>2026-07-27T00:00:00</dataAsOf></publicationInfo><entities>\n",
}
_TAILS = {
    "un-xml": "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>",
    "ofac-advanced-xml": "</Sanctions>",
    "ofac-enhanced-xml": "</entities></sanctionsData>",
}
_SECTIONS: Mapping[str, tuple[tuple[str, Callable[[int], str]], ...]] = {
    "un-xml": (("", _un),),
    "ofac-enhanced-xml": (("", _enhanced),),
    "ofac-advanced-xml": (
        ("Locations", _location),
        ("IDRegDocuments", _paper),
        ("DistinctParties", _advanced_party),
        ("ProfileRelationships", _relation),
        ("SanctionsEntries", _entry),
    ),
}
FORMATS = tuple(_HEADS)


def write(path: Path, form: str, size: int) -> int:
    """Write a list of about `size` bytes; the number of its parties."""
    sections = _SECTIONS[form]
    parties = max(1, size // sum(len(write_one(10_000).encode()) for _, write_one in sections))
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_pieces(form, parties))
    return parties


def _pieces(form: str, parties: int) -> Iterator[str]:
    yield _HEADS[form]
    for section, write_one in _SECTIONS[form]:
        yield f"<{section}>\n" if section else ""
        for number in range(1, parties + 1):
            yield write_one(number)
        yield f"</{section}>\n" if section else ""
    yield _TAILS[form]
