"""Names in other words: orders, titles, nicknames, legal forms, abbreviations, numbers. Part of `manipulations`.

Tables are this benchmark's own: a test that reads the product's tables proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

_PARTICLES = frozenset("al el bin ibn bint abu abd ul ud ad de da do dos la van von der den di del y e".split())

_TITLES = ["Mr.", "MR", "Mrs", "Dr.", "Prof.", "Eng.", "Haji", "Gen.", "Col.", "Sheikh", "Mr"]
_VESSEL_PREFIXES = ["M/V", "MV", "M.V.", "M/T", "MT", "MT.", "S.S.", "VSL"]

_NICKNAMES = {
    **{
        "aleksandr": "Sasha",
        "alexander": "Alex",
        "oleksandr": "Alexander",
        "vladimir": "Volodymyr",
        "sergei": "Serhii",
    },
    **{"sergey": "Serhiy", "nikolai": "Mykola", "nikolay": "Nicholas", "mikhail": "Michael", "evgeny": "Eugene"},
    **{"yevgeny": "Evgeniy", "dmitry": "Dima", "dmitriy": "Dmytro", "andrei": "Andrew", "andrey": "Andriy"},
    **{"yuri": "George", "yury": "Yurii", "pavel": "Paul", "petr": "Peter", "pyotr": "Petro", "ivan": "Vanya"},
    **{"anatoly": "Tolya", "natalia": "Natasha", "tatiana": "Tanya", "elena": "Olena", "ekaterina": "Katya"},
    **{"mohammad": "Mohd", "mohammed": "Md", "muhammad": "Mohd.", "mohamed": "Mohd", "mohamad": "Mohd"},
    **{
        "francisco": "Paco",
        "jose": "Pepe",
        "jesus": "Chucho",
        "ignacio": "Nacho",
        "guadalupe": "Lupe",
        "manuel": "Manolo",
    },
    **{"robert": "Bob", "william": "Bill", "richard": "Dick", "joseph": "Joe", "thomas": "Tom", "michael": "Mike"},
    **{"david": "Dave", "daniel": "Danny", "james": "Jim", "edward": "Ted", "antonio": "Toni", "eduardo": "Lalo"},
}

_FORMS = [
    ("OBSHCHESTVO S OGRANICHENNOY OTVETSTVENNOSTYU", "LIMITED LIABILITY COMPANY", "LLC"),
    ("OOO", "LIMITED LIABILITY COMPANY", "LLC"),
    ("PUBLICHNOE AKTSIONERNOE OBSHCHESTVO", "PUBLIC JOINT STOCK COMPANY", "PJSC"),
    ("OTKRYTOE AKTSIONERNOE OBSHCHESTVO", "OPEN JOINT STOCK COMPANY", "OJSC"),
    ("ZAKRYTOE AKTSIONERNOE OBSHCHESTVO", "CLOSED JOINT STOCK COMPANY", "CJSC"),
    ("AKTSIONERNOE OBSHCHESTVO", "JOINT STOCK COMPANY", "JSC"),
    ("PAO", "PUBLIC JOINT STOCK COMPANY", "PJSC"),
    ("OAO", "OPEN JOINT STOCK COMPANY", "OJSC"),
    ("ZAO", "CLOSED JOINT STOCK COMPANY", "CJSC"),
    ("AO", "JOINT STOCK COMPANY", "JSC"),
    ("FGUP", "FEDERAL STATE UNITARY ENTERPRISE", "FSUE"),
    ("LTD", "LIMITED", "LTD."),
    ("INC", "INCORPORATED", "INC."),
    ("CORP", "CORPORATION", "CORP."),
    ("CO", "COMPANY", "CO."),
    ("GMBH", "GESELLSCHAFT MIT BESCHRANKTER HAFTUNG", "GmbH"),
]
"""Legal forms: Russian or short, in full, and the usual abbreviation."""

_FORM_ENDS = re.compile(
    r"[\s,(]+(?:l\.?\s?l\.?\s?c\.?|ltd\.?|limited|co\.?,?\s*ltd\.?|co\.?,?\s*limited|inc\.?|incorporated|corp\.?|plc|llp"
    r"|gmbh|ag|s\.?a\.?|s\.?a\.? de c\.?v\.?|s\.? de r\.?l\.? de c\.?v\.?|s\.?a\.?r\.?l\.?|s\.?r\.?l\.?"
    r"|b\.?v\.?|n\.?v\.?"
    r"|ltda\.?|limitada|e\.?i\.?r\.?l\.?|o\.?o\.?o\.?|oao|zao|pao|ao|p?jsc|ojsc|cjsc|a\.?s\.?|fz[ce]o?|fz-?llc"
    r"|pte\.?,?\s*ltd\.?|sdn\.?\s*bhd\.?|joint stock company|limited liability company|company limited)\)?$",
    re.IGNORECASE,
)
_FORM_STARTS = re.compile(
    r"^(?:ooo|oao|zao|pao|ao|p?jsc|ojsc|cjsc|llc|joint stock company|limited liability company|fgup|tov|pt)[\s,]+",
    re.IGNORECASE,
)

_SHORT = {
    **{"COMMUNICATIONS": "COMM", "COMMERCIAL": "COMM", "GROUP": "GRP", "TECHNOLOGY": "TECH", "TECHNOLOGIES": "TECH"},
    **{"SERVICES": "SRVCES", "SERVICE": "SVC", "COMPANY": "COMP", "INTERNATIONAL": "INTL", "MANUFACTURING": "MFG"},
    **{
        "INDUSTRY": "IND",
        "INDUSTRIES": "IND",
        "INDUSTRIAL": "INDL",
        "TRADING": "TRDG",
        "IMPORT": "IMP",
        "EXPORT": "EXP",
    },
    **{"ELECTRONICS": "ELEC", "ENGINEERING": "ENGG", "EQUIPMENT": "EQPT", "DEVELOPMENT": "DEV", "CORPORATION": "CORP"},
    **{"SHIPPING": "SHPG", "TRANSPORT": "TRANS", "ASSOCIATION": "ASSN", "MANAGEMENT": "MGMT", "INVESTMENT": "INV"},
    **{"NATIONAL": "NATL", "SCIENTIFIC": "SCI", "INSTITUTE": "INST", "CONSTRUCTION": "CONST", "PRODUCTS": "PROD"},
    **{
        "SYSTEMS": "SYS",
        "UNIVERSITY": "UNIV",
        "AVIATION": "AVN",
        "HOLDINGS": "HLDGS",
        "HOLDING": "HLDG",
        "GENERAL": "GEN",
    },
    **{"LOGISTICS": "LOG", "MACHINERY": "MACH", "PHARMACEUTICAL": "PHARM", "CHEMICAL": "CHEM", "DISTRIBUTION": "DIST"},
}

_NUMBERS = "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE".split()
_ORDINALS = {"FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH"}
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()

_OTHER_PARTIES = ["NORTHGATE FREIGHT BV", "Bluewater Forwarding GmbH", "KESTREL LOGISTICS LTD", "Oakline Brokers Inc"]


def _in_case_of(text: str, model: str) -> str:
    return text.upper() if model.isupper() else text.title() if text.isupper() and len(text) > 4 else text


def natural_order(name: str) -> str:
    """FAMILY, Given as Given FAMILY."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given else name


def other_case(name: str, random: Random) -> str | None:
    forms = [form for form in (name.upper(), name.lower(), name.title()) if form != name]
    return random.choice(forms) if forms else None


def token_order(name: str, random: Random) -> str | None:
    words = name.replace(", ", " ").split()
    if len(set(words)) < 2:
        return None
    mixed = words
    while mixed == words:
        mixed = random.sample(words, len(words))
    return " ".join(mixed)


def comma_form(name: str, random: Random) -> str | None:
    if ", " in name:
        return natural_order(name)
    words = name.split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else None


def drop_middle(name: str, random: Random) -> str | None:
    """A patronymic or another name between the first and the last is left out."""
    words = natural_order(name).split()
    inner = [at for at in range(1, len(words) - 1) if words[at].lower() not in _PARTICLES and words[at].isalpha()]
    patronymics = [at for at in inner if re.search(r"(?:ich|[oei]vna|ichna|ych|uly|ogly)$", words[at].lower())]
    if not inner or "." in name or len(words[0]) < 3 or len(words[-1]) < 3:
        return None
    at = (patronymics or [random.choice(inner)])[0]
    return " ".join(words[:at] + words[at + 1 :])


def initials(name: str, random: Random) -> str | None:
    """Given names by their initials, where the list says which is the family name."""
    family, comma, given = name.partition(", ")
    if not comma or len(family) < 5 or any(word.lower() in _PARTICLES or len(word) < 3 for word in given.split()):
        return None
    short = " ".join(word[0] + random.choice([".", ""]) for word in given.split())
    return random.choice([f"{short} {family}", f"{family} {short}"])


def title(name: str, random: Random) -> str | None:
    return f"{random.choice(_TITLES)} {natural_order(name)}"


def vessel_prefix(name: str, random: Random) -> str | None:
    return f"{random.choice(_VESSEL_PREFIXES)} {name}"


def nickname(name: str, random: Random) -> str | None:
    words = natural_order(name).split()
    at = [place for place, word in enumerate(words[:-1]) if word.lower() in _NICKNAMES]
    if not at or len(words) < 2:
        return None
    words[at[0]] = _in_case_of(_NICKNAMES[words[at[0]].lower()], words[at[0]])
    return " ".join(words)


def form_drop(name: str, random: Random) -> str | None:
    rest = _FORM_STARTS.sub("", _FORM_ENDS.sub("", name)).strip(" ,")
    tells = sum(len(word) >= 4 for word in rest.split()) > 1 or max(map(len, rest.split()), default=0) >= 8
    return rest if rest != name and tells else None


def _form_as(name: str, column: int) -> str | None:
    plain = re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", name)
    for forms in _FORMS:
        for form in dict.fromkeys(forms):
            found = re.search(rf"(?<![\w.]){re.escape(form)}\.?(?![\w.])", plain, re.IGNORECASE)
            new = forms[column]
            if found and found.group().strip(".").lower() != new.strip(".").lower():
                return plain[: found.start()] + _in_case_of(new, name) + plain[found.end() :]
    return None


def form_expand(name: str, random: Random) -> str | None:
    """A legal form in full, or abbreviated where it was in full."""
    return _form_as(name, 1) or _form_as(name, 2)


def form_translate(name: str, random: Random) -> str | None:
    """OOO as LLC, LLC as OOO, and so on; only between Russian and English."""
    russian = [
        forms for forms in _FORMS if forms[1] not in forms[0] and not forms[2].lower().startswith(forms[0].lower())
    ]
    plain = re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", name)
    for native, full, short in russian[:11]:
        for old, new in ((native, short), (full, native), (short, native)):
            found = re.search(rf"(?<![\w.]){re.escape(old)}\.?(?![\w.])", plain, re.IGNORECASE)
            if found:
                return plain[: found.start()] + _in_case_of(new, name) + plain[found.end() :]
    return None


def _each_word(name: str, table: Mapping[str, str], most: int) -> str | None:
    words, changed = name.split(" "), 0
    for at, word in enumerate(words):
        bare = word.strip("(),.\"'")
        if bare.upper() in table and changed < most:
            words[at] = word.replace(bare, _in_case_of(table[bare.upper()], bare))
            changed += 1
    return " ".join(words) if changed else None


def abbreviation(name: str, random: Random) -> str | None:
    return _each_word(name, _SHORT, 2)


def ampersand(name: str, random: Random) -> str | None:
    if "&" in name:
        return re.sub(r"\s*&\s*", " and ", name)
    changed = re.sub(r"\s+and\s+", random.choice([" & ", "&"]), name, count=1, flags=re.IGNORECASE)
    return changed if changed != name else None


def number_word(name: str, random: Random) -> str | None:
    table = {str(at): word for at, word in enumerate(_NUMBERS)} | {word: str(at) for at, word in enumerate(_NUMBERS)}
    ordinals = _ORDINALS | {short: word for word, short in _ORDINALS.items()}
    return _each_word(name, table | ordinals, 1)


def numeral(name: str, random: Random) -> str | None:
    """II as 2, 2 as II; a single letter only as the last word."""
    words = name.split(" ")
    for at, word in enumerate(words):
        last = at == len(words) - 1 and at > 0
        if word in _ROMAN and (len(word) > 1 or last):
            return " ".join([*words[:at], str(_ROMAN.index(word) + 1), *words[at + 1 :]])
        if at and word.isdigit() and 1 <= int(word) <= len(_ROMAN):
            return " ".join([*words[:at], _ROMAN[int(word) - 1], *words[at + 1 :]])
    return None


def wrapped(name: str, random: Random) -> str | None:
    number = "".join(random.choice("0123456789") for _ in range(10))
    before = [
        "C/O ",
        "NOTIFY: ",
        "NOTIFY PARTY: ",
        "ATTN: ",
        "MESSRS. ",
        f"INN {number} ",
        f"TAX ID: {number} ",
        f"{number} ",
    ]
    return random.choice(before) + name


def concatenated(name: str, random: Random) -> str | None:
    other = random.choice(_OTHER_PARTIES)
    first, second = random.choice([(name, other), (other, name)])
    return first + random.choice([" / ", "; ", " C/O ", " ON BEHALF OF "]) + second
