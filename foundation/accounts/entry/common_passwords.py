"""Passwords that many people here would think of: put together of pinyin, years, lucky numbers and rows of keys.

Django's list of common passwords is one of the English-speaking world, and of whole passwords. Here a password is
taken apart: where hardly anything is left of it beside well-known pieces it is refused, in whatever order they come
(safety.md section 6). The pieces are a short list of our own, after what is told of leaked Chinese passwords:
declarations of love, numbers that are lucky or spoken (520, 1314), years and birthdays, rows of keys, families, the
words of the office.
"""

import re
from collections.abc import Iterator

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from foundation.accounts.models import User

_WORDS = frozenset((
    # what is felt, and who is addressed
    "woaini", "woai", "woaizuguo", "zhongguo", "aini", "nihao", "baobei", "laopo", "laogong", "mama", "baba",
    "pengyou", "xingfu", "kuaile", "pingan", "jiankang", "facai", "tiantian", "dajia", "beijing", "shanghai",
    "zhonghua", "renmin", "zuguo", "china", "iloveyou", "love", "sunshine", "wode", "princess", "dragon", "long",
    # the words of the office
    "mima", "admin", "administrator", "guanliyuan", "password", "passw0rd", "passwd", "pass", "root", "user", "test",
    "ceshi", "denglu", "xitong", "houtai", "bangong", "zhengfu", "minzheng", "fupin", "tuopin", "xiaokang", "nongye",
    "nongcun", "xiangcun", "zhenxing", "bangfu", "jiance", "fangfanpin", "shouwang", "welcome", "hello", "changeme",
    "letmein", "master", "super", "system", "server", "login",
    # the families with the most people, and how they are called
    "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin",
    "guo", "luo", "xiao", "lao",
    # rows of keys and of the alphabet
    "qwertyuiop", "qwerty", "qwert", "qwer", "qwe", "asdfghjkl", "asdfgh", "asdf", "asd", "zxcvbnm", "zxcvbn", "zxcv",
    "zxc", "qaz", "wsx", "edc", "rfv", "abcdefg", "abcdef", "abcde", "abcd", "abc", "xyz",
    "1qaz", "2wsx", "3edc", "1q2w3e4r5t", "1q2w3e4r", "1q2w3e",
    # numbers that are lucky, spoken, or on every telephone
    "5201314", "1314", "520", "521", "7758521", "147258369", "147258", "159357", "168", "158", "10086", "110", "119",
))  # fmt: skip
_LONGEST = max(map(len, _WORDS))
#: Years and days of birth; a sign again and again; what is put between pieces to satisfy a rule.
_SHAPES = (
    re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?"),
    re.compile(r"(.)\1+"),
    re.compile(r"[\W_]+"),
)
_RUNS = ("01234567890", "09876543210")
#: Signs beside well-known pieces that make a password no better: the letter before and the number behind.
_STRAY = 2


class NoCommonPassword(CommonPasswordValidator):
    """Refuses what is common here, with the sentence of the common password (setting AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where a password is on Django's list, or put together of what everybody knows."""
        super().validate(password, user)
        if is_put_together(password):
            raise ValidationError(self.get_error_message(), code="password_too_common")


def is_put_together(password: str) -> bool:
    """Say whether at most two signs of a password belong to no well-known piece."""
    text = password.lower().strip()
    left = [0, *[len(text) + 1] * len(text)]  # fewest strays among the first so many signs
    for at in range(len(text)):
        left[at + 1] = min(left[at + 1], left[at] + 1)
        for size in _pieces(text, at):
            left[at + size] = min(left[at + size], left[at])
    return left[-1] <= _STRAY


def _pieces(text: str, at: int) -> Iterator[int]:
    """Yield how long each well-known piece is that begins at a place."""
    for size in range(2, min(_LONGEST, len(text) - at) + 1):
        piece = text[at : at + size]
        if piece in _WORDS or (size > 2 and any(piece in run for run in _RUNS)):
            yield size
    for shape in _SHAPES:
        if found := shape.match(text, at):
            yield from range(1 if shape is _SHAPES[2] else 2, found.end() - at + 1)
