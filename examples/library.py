"""Screen one record and one table from Python: python examples/library.py."""

from pathlib import Path

import polars as pl

from sanctionscreen import Screener

screener = Screener.default()
verdict = screener.screen({"consignee.name": "Tekhkrim JSC", "destination.country": "KZ", "goods.hs_code": "8542.31"})
print(verdict.decision.outcome, verdict.decision.score, *verdict.reasons, sep="\n")

extract = pl.read_csv(Path(__file__).with_name("customs_extract.csv"), infer_schema=False)
screened = screener.screen_frame(extract)
print(screened.filter(pl.col("screening_decision") != "clear").select("Consignee", "screening_decision"))
