"""Party cells that hold one name and nothing else: most of a file, told without taking them apart."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_LONGEST = 100
_SHORTEST = 15
"""A shorter cell may be a legal form alone, or words for nobody: not applicable."""
_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u0482\u048a-\u052f"
_PLAIN = re.compile(
    f"[{_LETTER}](?:[{_LETTER}.'’\"«»“”-]| (?!-))*(?:, ?(?:ltd|inc|llc|limited|gmbh|plc|corp)\\.?)?(?<!-)",
    re.IGNORECASE,
)
"""Latin and Cyrillic letters without digits and without marks that part names: commas, strokes, brackets, dashes."""
_WORD = re.compile(r"[^\W\d_]+")
_LABELS = frozenset(
    """messrs attn attention kind company name seller consignee notify shipper buyer importer applicant above receiver
    наименование фио продавец покупатель отправитель получатель грузополучатель""".split()
)
"""Words that label a name behind them."""
_TELLING = frozenset(
    """order orden consigned unto same as idem ditto care behalf obo agent agents account delivery transit owned
    represented dba k aka fka nka known formerly previously notify attn www and y et und и та mismo aynı ayni portador
    emrine приказу предъявителя же см поручению имени передачи интересах лице ранее""".split()
)
"""Words of every phrase with which `party_cells` parts names, or that stands in place of one."""


class _EastAsian(NamedTuple):
    """Names in Chinese and Korean; compiled with the first, because ranges of so many letters take milliseconds."""

    han: re.Pattern[str]
    hangul: re.Pattern[str]


@cache
def _east_asian() -> _EastAsian:
    return _EastAsian(
        han=re.compile(
            r"(?!凭指示|憑指示|待指示|同上|同收)[\u3400-\u9fff]{4,40}(?:[(（](?!原名|曾用名|旧名)[\u3400-\u9fff]{1,12}[)）][\u3400-\u9fff]{2,40})?"
        ),
        hangul=re.compile(r"(?:\(주\) ?)?[\uac00-\ud7a3]+(?: [\uac00-\ud7a3]+){0,8}(?: ?\(주\))?"),
    )


_FIRST_EAST_ASIAN = "\u3400"
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+){1,12}")
_FORMS = re.compile(
    r"有限|责任|責任|公司|股份|集团|集團|企业|企業|合伙|个体|工商户|주식회사|유한회사|회사|그룹|\(주\)|\s"
)
"""Words of Chinese and Korean legal forms, which alone name nobody."""
_FEWEST_OWN = 2


def is_plain_name(text: str) -> bool:
    """The cell is one name, written so that nothing has to be taken off it.

    >>> is_plain_name("Vektor Synthetic Industries"), is_plain_name("Vektor trading as Romashka")
    (True, False)
    >>> is_plain_name("深圳市合成科技有限公司"), is_plain_name("有限公司")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    is_east_asian = not text.isascii() and max(text) >= _FIRST_EAST_ASIAN
    if is_east_asian and any(one.fullmatch(text) for one in _east_asian()):
        return len(_FORMS.sub("", text)) >= _FEWEST_OWN
    if len(text) < _SHORTEST:
        return False
    if _ARABIC.fullmatch(text):
        return True
    if _PLAIN.fullmatch(text) is None:
        return False
    words = _WORD.findall(text.casefold())
    return words[0] not in _LABELS and _TELLING.isdisjoint(words)
