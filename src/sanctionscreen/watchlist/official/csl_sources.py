"""What the lists within the Consolidated Screening List mean, each with the law that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctionscreen.model import Measure


@dataclass(frozen=True, slots=True)
class Source:
    """One of the lists: its id in the catalogue, what a listing means, who publishes it, and the law."""

    list: str
    measure: Measure
    publisher: str
    law: str


_BIS, _OFAC, _STATE = "Bureau of Industry and Security", "Treasury Department", "State Department"
_MENU = Source("us-ofac-ns-mbs", "sectoral", _OFAC, "31 CFR chapter V; menu-based, nothing is frozen")
_CMIC = Source("us-ofac-ns-cmic", "sectoral", _OFAC, "Executive Order 13959 as amended by 14032; 31 CFR part 586")
_CAPTA = Source("us-ofac-capta", "sectoral", _OFAC, "31 CFR chapter V; correspondent and payable-through accounts")
_COUNCIL = Source("us-ofac-ns-plc", "sectoral", _OFAC, "31 CFR parts 594, 595 and 597; transfers are rejected")

SOURCES: Mapping[str, Source] = {
    # Treasury. Property is blocked for the SDN list alone; the lists beside it forbid some dealings each.
    "SDN": Source("us-ofac-sdn", "asset_freeze", _OFAC, "31 CFR chapter V"),
    "SSI": Source("us-ofac-ssi", "sectoral", _OFAC, "Executive Order 13662, directives 1 to 4; 31 CFR part 589"),
    "FSE": Source("us-ofac-fse", "sectoral", _OFAC, "Executive Order 13608"),
    "PLC": _COUNCIL,
    "NS-PLC": _COUNCIL,
    "CAP": _CAPTA,
    "CAPTA": _CAPTA,
    "MBS": _MENU,
    "NS-MBS": _MENU,
    "CMIC": _CMIC,
    "NS-CMIC": _CMIC,
    # Commerce, in the Export Administration Regulations, 15 CFR parts 730 to 774.
    "EL": Source("us-bis-entity-list", "export_licence", _BIS, "15 CFR 744.11, 744.16 and part 744 supplement 4"),
    "MEU": Source("us-bis-meu", "export_licence", _BIS, "15 CFR 744.21 and part 744 supplement 7"),
    "UVL": Source("us-bis-unverified", "unverified", _BIS, "15 CFR 744.15 and part 744 supplement 6"),
    "DPL": Source("us-bis-denied", "denied", _BIS, "15 CFR 764.3(a)(2) and 766.25"),
    # State. Debarment shuts out of exports under the ITAR; nonproliferation sanctions differ by statute and notice.
    "DTC": Source("us-ddtc-debarred", "denied", _STATE, "22 CFR 127.7"),
    "ISN": Source("us-state-isn", "sectoral", _STATE, "as the notice in the Federal Register says"),
}
"""By the letters in the brackets of the column `source`; lists that were renamed have both."""
