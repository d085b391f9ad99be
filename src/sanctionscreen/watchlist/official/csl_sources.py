"""What the lists within the Consolidated Screening List mean, each with the law that says so, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sanctionscreen.model import Measure


@dataclass(frozen=True, slots=True)
class Source:
    """One of the lists: its id in the catalogue, what a listing means, who publishes it, and the law."""

    list: str
    measure: Measure
    publisher: str
    law: str
    sure: Literal["high", "medium"]
    """How sure measure and law are: high where a text of the publisher says both, medium where part is ours."""


_BIS, _OFAC, _STATE = "Bureau of Industry and Security", "Treasury Department", "State Department"

# Treasury. Property is blocked for the SDN list alone, and OFAC's other lists are non-blocking: OFAC FAQ 91.
_SDN = Source("us-ofac-sdn", "asset_freeze", _OFAC, "31 CFR chapter V", "high")
# OFAC's description of the list names the order; its directives, in the list, say which dealings are forbidden.
_SSI = Source("us-ofac-ssi", "sectoral", _OFAC, "Executive Order 13662, directives 1 to 4; 31 CFR part 589", "high")
# OFAC's description of the list names the order, of 2012. That nothing is frozen: FAQ 91.
_FSE = Source("us-ofac-fse", "sectoral", _OFAC, "Executive Order 13608", "high")
# General License 4 of 12 April 2006 under the three terrorism regulations: banks reject, and do not block.
_COUNCIL = Source(
    "us-ofac-ns-plc",
    "sectoral",
    _OFAC,
    "31 CFR parts 594, 595 and 597, General License 4; transfers are rejected",
    "high",
)
# OFAC's notice of 14 March 2019, 84 FR 9457, which replaced the list of part 561. Executive Order 14024 came later.
_CAPTA = Source(
    "us-ofac-capta",
    "sectoral",
    _OFAC,
    "31 CFR parts 510, 561 and 566 and others; correspondent and payable-through accounts",
    "high",
)
# OFAC's FAQs on section 235 of CAATSA call the sanctions of this list non-blocking; each entry names its own.
_MENU = Source("us-ofac-ns-mbs", "sectoral", _OFAC, "31 CFR chapter V; menu-based, nothing is frozen", "high")
# OFAC's FAQs on Executive Order 13959, as amended: purchases and sales of securities.
_CMIC = Source(
    "us-ofac-ns-cmic", "sectoral", _OFAC, "Executive Order 13959 as amended by 14032; 31 CFR part 586", "high"
)
# Commerce, in the Export Administration Regulations (EAR), 15 CFR parts 730 to 774. The list is supplement 4; sections
# 744.11 and 744.16 are from general knowledge.
_ENTITIES = Source(
    "us-bis-entity-list", "export_licence", _BIS, "15 CFR 744.11, 744.16 and part 744 supplement 4", "medium"
)
# The publisher's page: a licence is needed for the items of supplement 2 to part 744.
_MILITARY = Source("us-bis-meu", "export_licence", _BIS, "15 CFR 744.21 and part 744 supplement 7", "high")
# The publisher's page: no licence exceptions, and a statement of the party before each export.
_UNVERIFIED = Source("us-bis-unverified", "unverified", _BIS, "15 CFR 744.15 and part 744 supplement 6", "high")
# 67 FR 54952 names section 764.3; section 766.25 is from general knowledge.
_DENIED = Source("us-bis-denied", "denied", _BIS, "15 CFR 764.3(a)(2) and 766.25", "medium")
# The section itself: the debarred take no part in exports under the ITAR. Other exports are not touched; the word for
# that is ours.
_DEBARRED = Source("us-ddtc-debarred", "denied", _STATE, "22 CFR 127.7", "medium")
# The department's page: many acts, and only the notice says which sanctions were chosen. Most rows seen name INKSNA: no
# procurement and no assistance (78 FR 9769); no arms sales and no new export licences, by general knowledge. That is
# more than one sector and less than a freeze. Nothing needs a licence that needed none before, so it is no
# export_licence, and the 50 percent rule of that measure does not hold. Who is frozen is on the SDN list as well.
_NONPROLIFERATION = Source(
    "us-state-isn",
    "sectoral",
    _STATE,
    "as the notice in the Federal Register says; INKSNA, Public Law 106-178, mostly",
    "medium",
)

SOURCES: Mapping[str, Source] = {
    "SDN": _SDN,
    "SSI": _SSI,
    "FSE": _FSE,
    "PLC": _COUNCIL,
    "NS-PLC": _COUNCIL,
    "CAP": _CAPTA,
    "CAPTA": _CAPTA,
    "MBS": _MENU,
    "NS-MBS": _MENU,
    "CMIC": _CMIC,
    "NS-CMIC": _CMIC,
    "EL": _ENTITIES,
    "MEU": _MILITARY,
    "UVL": _UNVERIFIED,
    "DPL": _DENIED,
    "DTC": _DEBARRED,
    "ISN": _NONPROLIFERATION,
}
"""By the letters in the brackets of the column `source`; lists that were renamed have both."""
