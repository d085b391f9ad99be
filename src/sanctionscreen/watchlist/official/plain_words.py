"""The words of a firm's own list: headers, kinds and measures in English, Russian and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionscreen.model import Kind, Measure

LEGACY_ENCODINGS = ("cp1251", "gb18030", "cp1252")
"""Tried where a file is no UTF-8, each proved by a header in its language."""
DELIMITERS = (",", ";", "\t", "|")

# What a column holds -> what its header may be: English, Russian, Chinese.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "entry id", "number", "no", "ref", "reference", "ид", "номер", "код", "№", "编号", "序号"),
    "name": (
        *(
            "name",
            "full name",
            "primary name",
            "party",
            "party name",
            "company",
            "company name",
            "entity",
            "entity name",
        ),
        *(
            "наименование",
            "название",
            "имя",
            "фио",
            "компания",
            "организация",
            "名称",
            "姓名",
            "公司名称",
            "公司",
            "企业名称",
        ),
    ),
    "kind": ("kind", "type", "party type", "entity type", "тип", "вид", "类型", "类别"),
    "country": (
        "country",
        "countries",
        "nationality",
        "jurisdiction",
        "страна",
        "гражданство",
        "юрисдикция",
        "国家",
        "国籍",
    ),
    "alias": (
        *("alias", "aliases", "aka", "a k a", "also known as", "other name", "other names", "alt name"),
        *("псевдоним", "псевдонимы", "другое название", "другие названия", "другие имена", "также известен как"),
        *("别名", "又名", "其他名称", "英文名称", "英文名"),
    ),
    "weak": (
        "weak alias",
        "weak aliases",
        "low quality alias",
        "nickname",
        "слабый псевдоним",
        "прозвище",
        "弱别名",
        "昵称",
    ),
    "former": ("former name", "former names", "previous name", "previous names", "fka", "прежнее название", "曾用名"),
    "identifier": (
        *("identifier", "identifiers", "registration number", "reg no", "tax number", "tax id", "inn", "ogrn", "imo"),
        *(
            "imo number",
            "passport",
            "lei",
            "идентификатор",
            "инн",
            "огрн",
            "регистрационный номер",
            "паспорт",
            "номер imo",
        ),
        *("证件号码", "统一社会信用代码", "注册号", "税号", "护照"),
    ),
    "address": ("address", "addresses", "адрес", "адреса", "地址"),
    "birth": ("birth date", "date of birth", "dob", "дата рождения", "出生日期"),
    "measure": ("measure", "list type", "restriction", "мера", "ограничение", "措施", "限制"),
    "programme": ("programme", "program", "list", "regime", "программа", "список", "режим", "项目", "制裁项目"),
    "from": (
        *("listed from", "listed on", "date listed", "listing date", "start date", "since", "from"),
        *("дата включения", "включен", "с даты", "列入日期", "生效日期"),
    ),
    "note": (
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "reason",
        "примечание",
        "комментарий",
        "причина",
        "备注",
        "原因",
    ),
}

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        ("person", "individual", "natural person", "физическое лицо", "физлицо", "лицо", "个人", "自然人"), "person"
    ),
    **dict.fromkeys(
        (
            *("company", "entity", "organization", "organisation", "legal entity", "firm", "bank"),
            *("компания", "организация", "юридическое лицо", "юрлицо", "公司", "企业", "实体", "组织", "法人"),
        ),
        "company",
    ),
    **dict.fromkeys(("vessel", "ship", "судно", "корабль", "船舶", "船"), "vessel"),
    **dict.fromkeys(("aircraft", "airplane", "plane", "самолет", "воздушное судно", "飞机", "航空器"), "aircraft"),
    **dict.fromkeys(("any", "unknown", "", "неизвестно", "未知"), "any"),
}

# What the words mean in law is the firm's to say; these are the plain ones. Another word stops the reading.
MEASURES: Mapping[str, Measure] = {
    **dict.fromkeys(
        ("asset freeze", "freeze", "blocked", "block", "sdn", "заморозка активов", "блокировка", "资产冻结", "冻结"),
        "asset_freeze",
    ),
    **dict.fromkeys(
        (
            "export licence",
            "export license",
            "licence",
            "license",
            "entity list",
            "экспортная лицензия",
            "лицензия",
            "出口许可",
        ),
        "export_licence",
    ),
    **dict.fromkeys(("sectoral", "ssi", "секторальные санкции", "секторальная", "行业制裁"), "sectoral"),
    **dict.fromkeys(("denied", "denied party", "debarred", "prohibited", "запрет", "запрещено", "禁止"), "denied"),
    **dict.fromkeys(("unverified", "непроверенный", "未经核实"), "unverified"),
    **dict.fromkeys(("press", "media", "пресса", "сми", "媒体"), "press"),
    **dict.fromkeys(("context", "watch", "information", "контекст", "наблюдение", "背景", "关注"), "context"),
}


def column_of(header: str) -> str:
    """What a header means; empty where it is not known. A number at its end counts columns: Alias 2.

    >>> column_of("Alias 2"), column_of("Наименование"), column_of("国家"), column_of("Shoe size")
    ('alias', 'name', 'country', '')
    """
    folded = re.sub(r"[\s_.\-/()]+", " ", header.lstrip("\ufeff").casefold()).strip().replace("ё", "е")
    return _BY_HEADER.get(folded) or _BY_HEADER.get(re.sub(r"\s*\d+$", "", folded), "")


_BY_HEADER = {header: column for column, headers in COLUMNS.items() for header in headers}


def knows(header: bytes, encoding: str) -> bool:
    """Whether a header has, in an encoding, a known column that plain ASCII could not write."""
    text = header.decode(encoding, "replace")
    cells = [cell.strip(' "') for delimiter in DELIMITERS for cell in text.split(delimiter)]
    return any(column_of(cell) and not cell.isascii() for cell in cells)
