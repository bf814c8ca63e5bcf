"""Masking shows the ends and never the middle."""

from hypothesis import given
from hypothesis import strategies as st

from households.identity.masking import masked_log, masked_name, masked_number, masked_phone, masked_text


def test_a_number_keeps_its_first_four_and_last_two() -> None:
    assert masked_number("411121199001011213") == "4111************13"
    assert masked_phone("13800138000") == "1380*****00"
    assert masked_number("6123456") == "*****56", "the first four of so few would say too much"


def test_a_name_keeps_its_first_character() -> None:
    assert [masked_name(name) for name in ("沈立夏", "沈", "", "欧阳立夏")] == ["沈**", "沈", "", "欧***"]


@given(st.text("0123456789X", max_size=25))
def test_whatever_the_number_its_length_stays_and_five_characters_are_hidden(number: str) -> None:
    masked = masked_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= min(5, len(number) - 2, len(number))
    assert all(shown in ("*", real) for shown, real in zip(masked, number, strict=True))


@given(st.text(min_size=1, max_size=30))
def test_whatever_the_name_only_its_first_character_is_said(name: str) -> None:
    assert masked_name(name) == name[0] + "*" * (len(name) - 1)


def test_free_text_loses_its_long_numbers() -> None:
    assert "0013" not in masked_text("打 138 0013 8000 无人接")
    assert masked_text("10 月 5 日去过 3 次") == "10 月 5 日去过 3 次"
    assert masked_text("2026-10-30 去过，2026-11-2 又去") == "2026-10-30 去过，2026-11-2 又去"
    assert "2026-10-30" not in masked_text("存折 622848-2026-10-30")


def test_a_log_keeps_the_numbers_that_are_nobodys() -> None:
    line = "2026-11-21 23:30:14,120 ERROR job 01a20099-9140-7b05-a206-3cd86c9e6cbc port 5432: 999901199003040319!"
    assert masked_log(line) == line.replace("999901199003040319", "9999************19")
    assert masked_log("tel=13800138000") == "tel=1380*****00"
    assert masked_log("took 0.123456789012345 s") == "took 0.123456789012345 s"
