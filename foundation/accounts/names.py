"""Pinyin initials of names, by which people search: 石桥村 → sqc, 单立夏 → slx.

Built for bulk: 620,000 village names take a few seconds, because single characters are remembered and the
phrase dictionary of pypinyin is asked only for the few words in which a character is read otherwise.
"""

import unicodedata
from functools import cache

from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

#: Characters whose reading in names of places and people is not the one dictionaries list first.
_IN_NAMES = {"长": "c", "朝": "c", "重": "c", "厦": "x"}
#: Places that the phrase dictionary reads wrongly or does not know.
_PLACES = {
    "朝阳": "cy",
    "单县": "sx",
    "洪洞": "ht",
    "蔚县": "yx",
    "荥经": "yj",
    "莘庄": "xz",
    "铅山": "ys",
    "歙县": "sx",
    "繁峙": "fs",
}
#: Surnames whose initial is another than the character's alone (盖, 任, 朴 and 尉迟 read right without help).
_SURNAMES = {
    "单于": "cy", "单": "s", "曾": "z", "解": "x", "仇": "q", "区": "o", "查": "z", "翟": "z", "覃": "q",
    "乐": "y", "种": "c",
    "召": "s", "折": "s", "繁": "p", "秘": "b", "祭": "z", "乜": "n", "句": "g", "阚": "k",
}  # fmt: skip
#: 会 as in 村委会; leaving out its odd words (会计) keeps nearly all names on the quick way.
_IN_EVERY_VILLAGE = "会"
_LONGEST_WORD = 4
#: Nobody types more; the columns hold at least this many characters.
_LONGEST = 60


def initials(name: str) -> str:
    """Return the pinyin initials of a place's name, lower case; letters and digits stay, the rest goes."""
    return _read(unicodedata.normalize("NFKC", name))[:_LONGEST]


def person_initials(name: str) -> str:
    """Return the pinyin initials of a person's name, its surname read as a surname."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    for length in (2, 1):
        surname = _SURNAMES.get(plain[:length])
        if surname is not None:
            return (surname + _read(plain[length:]))[:_LONGEST]
    return _read(plain)[:_LONGEST]


def _read(name: str) -> str:
    """Return the initials of normalised text, longest known word first."""
    words, odd = _odd_words()
    if odd.isdisjoint(name):
        return "".join(map(_letter, name))
    letters: list[str] = []
    at = 0
    while at < len(name):
        for length in range(_LONGEST_WORD, 1, -1):
            read = words.get(name[at : at + length])
            if read is not None:
                break
        else:
            length, read = 1, _letter(name[at])
        letters.append(read)
        at += length
    return "".join(letters)


@cache
def _letter(character: str) -> str:
    """Return the initial of one character alone; empty for blanks and punctuation."""
    if character in _IN_NAMES:
        return _IN_NAMES[character]
    read: str = lazy_pinyin(character, style=Style.FIRST_LETTER)[0]
    return read.lower() if read.isalnum() else ""


@cache
def _odd_words() -> tuple[dict[str, str], frozenset[str]]:
    """Return the words that are not read character by character, and the characters that make them odd."""
    words = dict(_PLACES)
    for word, readings in phrases_dict.items():
        if len(word) <= _LONGEST_WORD and word not in words and _IN_EVERY_VILLAGE not in word:
            read = "".join(unicodedata.normalize("NFD", reading[0])[0] for reading in readings)
            if len(read) == len(word) and read != "".join(map(_letter, word)):
                words[word] = read
    odd = {
        character
        for word, read in words.items()
        for character, letter in zip(word, read, strict=True)
        if _letter(character) != letter
    }
    return words, frozenset(odd)
