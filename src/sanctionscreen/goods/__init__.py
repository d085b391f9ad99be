"""Goods: what HS code and description say, and which control lists and categories they touch."""

from __future__ import annotations

from sanctionscreen.goods.batch import Goods, classify_many
from sanctionscreen.goods.classify import classify
from sanctionscreen.goods.hs import HsCode, parse_hs
from sanctionscreen.goods.lists import GoodsLists, load_goods

__all__ = ["Goods", "GoodsLists", "HsCode", "classify", "classify_many", "load_goods", "parse_hs"]
