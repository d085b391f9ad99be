"""Chinese names in their parts: place, brand, trade and form are told apart, and each firm meets its English name only."""

from __future__ import annotations

import pytest

from sanctionscreen.matching import DEFAULT_THRESHOLD, compare_names
from sanctionscreen.text.hanzi import segment


def parts(run: str) -> list[str]:
    return [word.native for word in segment(run)]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("深圳市大疆创新科技有限公司", "深圳 大疆 创新 科技 有限公司"),
        ("华为技术有限公司", "华为 技术 有限公司"),
        ("上海复旦微电子集团股份有限公司", "上海 复旦 微电子 集团 股份有限公司"),
        ("成都国光电气股份有限公司", "成都 国光 电气 股份有限公司"),
        ("北京大中国际贸易有限公司", "北京 大中 国际 贸易 有限公司"),
        ("乌鲁木齐市华源贸易有限公司", "乌鲁木齐 华源 贸易 有限公司"),
        ("浙江省机械进出口有限责任公司", "浙江 机械 进出口 有限责任公司"),
        ("臺北市正新貿易股份有限公司", "臺北 正新 貿易 股份有限公司"),
        ("北京新材料研究所", "北京 新材料 研究所"),
        ("内蒙古第一机械集团有限公司", "内蒙古 第一 机械 集团 有限公司"),
        ("王小明", "王 小明"),
        ("欧阳修文", "欧阳 修文"),
    ],
)
def test_names_are_divided_where_their_words_end(run: str, expected: str) -> None:
    """No character is lost but the suffix of a place, and a known word is not cut out of a brand."""
    assert parts(run) == expected.split()


@pytest.mark.parametrize(
    ("run", "number"),
    [
        ("第二十九研究所", "29"),
        ("第五十四研究所", "54"),
        ("第七一九研究所", "719"),
        ("第一百零三厂", "103"),
        ("五十八所", "58"),
    ],
)
def test_numbers_of_institutes_are_read(run: str, number: str) -> None:
    """A numeral before an institute is its number, as figures one by one or in words."""
    assert [word.text for word in segment(run) if word.kind == "number"] == [number]


@pytest.mark.parametrize("run", ["一汽集团", "三一重工", "双百贸易", "九州电器"])
def test_numerals_in_brands_are_no_numbers(run: str) -> None:
    """A numeral elsewhere belongs to the brand."""
    assert not [word for word in segment(run) if word.kind == "number"]


@pytest.mark.parametrize(
    ("run", "readings"),
    [("華興", {"wahhing"}), ("恒昌", {"hangcheong"}), ("国荣", {"kwokwing"}), ("張國", {"cheungkwok", "changkuo"})],
)
def test_brands_have_the_readings_of_hong_kong_and_taiwan(run: str, readings: set[str]) -> None:
    """A firm of Hong Kong or Taiwan writes its brand as it is spoken there."""
    words = segment(run + "有限公司")
    assert readings <= {reading for word in words for reading in word.other}


PAIRS = [
    ("深圳市大疆创新科技有限公司", "Shenzhen DJI Innovation Technology Co Ltd"),
    ("深圳市大疆创新科技有限公司", "SZ DJI Technology Co., Ltd."),
    ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
    ("華為技術有限公司", "Huawei Technologies Co., Ltd."),
    ("華為技術有限公司", "华为技术有限公司"),
    ("杭州海康威视数字技术股份有限公司", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ("浙江大华技术股份有限公司", "Zhejiang Dahua Technology Co., Ltd."),
    ("上海复旦微电子集团股份有限公司", "Shanghai Fudan Microelectronics Group Company Limited"),
    ("上海东方国际贸易有限公司", "Shanghai Dongfang International Trading Co., Ltd."),
    ("上海东方国际贸易有限公司", "Shanghai Oriental International Trading Co., Ltd."),
    ("中国电子科技集团公司第二十九研究所", "China Electronics Technology Group Corporation 29th Research Institute"),
    ("中国电子科技集团公司第二十九研究所", "CETC No. 29 Research Institute"),
    ("中国船舶重工集团公司第七一九研究所", "China Shipbuilding Industry Corporation 719th Research Institute"),
    ("中国北方工业有限公司", "China North Industries Corporation"),
    ("中国北方工业有限公司", "NORINCO"),
    ("联想(北京)有限公司", "Lenovo (Beijing) Limited"),
    ("南京普天通信股份有限公司", "Nanjing Putian Telecommunications Co., Ltd."),
    ("四川九洲电器集团有限责任公司", "Sichuan Jiuzhou Electric Group Co., Ltd."),
    ("成都国光电气股份有限公司", "Chengdu Guoguang Electric Co., Ltd."),
    ("广东省机械进出口集团有限公司", "Guangdong Machinery Import & Export Group Co., Ltd."),
    ("義烏市東方進出口有限公司", "Yiwu Oriental Import and Export Co., Ltd."),
    ("安徽江淮汽车集团股份有限公司", "Anhui Jianghuai Automobile Group Corp., Ltd."),
]
STRANGERS = [
    ("深圳市大疆创新科技有限公司", "Shenzhen Dahua Innovation Technology Co Ltd"),
    ("深圳市大疆创新科技有限公司", "Shenzhen Innovation Technology Co Ltd"),
    ("中国电子科技集团公司第二十九研究所", "China Electronics Technology Group Corporation 54th Research Institute"),
    ("中国电子科技集团公司第二十九研究所", "China Electronics Technology Group Corporation"),
    ("中国船舶重工集团公司第七一九研究所", "China Shipbuilding Industry Corporation 701st Research Institute"),
    ("中国航天科工集团第二研究院", "Second Research Academy of China Aerospace Science and Technology Corp"),
    ("四川九洲电器集团有限责任公司", "Sichuan Changhong Electric Group Co Ltd"),
    ("浙江大华技术股份有限公司", "Zhejiang Dali Technology Co., Ltd."),
    ("杭州海康威视数字技术股份有限公司", "Hangzhou Hundsun Digital Technology Co., Ltd."),
    ("广东省机械进出口集团有限公司", "Guangdong Textiles Import & Export Group Co., Ltd."),
    ("南京普天通信股份有限公司", "Nanjing Panda Telecommunications Co., Ltd."),
    ("成都国光电气股份有限公司", "Chengdu Guangguo Electric Co., Ltd."),
    ("義烏市東方進出口有限公司", "Yiwu Huaxing Import and Export Co., Ltd."),
    ("上海东方国际贸易有限公司", "Shanghai International Trading Co., Ltd."),
    ("華興貿易有限公司", "Wah Shing Trading Co., Ltd."),
    ("永興貿易有限公司", "Wing Hong Trading Co., Ltd."),
]


@pytest.mark.parametrize(("chinese", "english"), PAIRS)
def test_the_chinese_form_meets_the_english_name(chinese: str, english: str) -> None:
    """The translated parts meet by meaning, the brand by its reading, its initials or its English name."""
    assert compare_names(chinese, english, kind="company").score >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(("chinese", "english"), STRANGERS)
def test_firms_of_one_town_and_trade_stay_apart(chinese: str, english: str) -> None:
    """Town, trade and form are shared by many firms; the brand or the number tells them apart."""
    assert compare_names(chinese, english, kind="company").score < DEFAULT_THRESHOLD


def test_a_long_run_is_divided_in_reasonable_time() -> None:
    """A hostile cell costs no more than its length."""
    words = segment("深圳市大国光电气" * 64)
    assert 64 <= len(words) <= 64 * 8
