"""What happened to the warnings of the stories (field.md 7.3) until the demonstration's day, household by household."""

import datetime
from collections.abc import Mapping, Sequence

from alerts.demo.acts import Closes, DeclaresKin, Dispatches, Reports, StoryAct
from alerts.models import Channel
from monitoring.screening.terms import EventKind


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(2026, month, day)


#: By household number, each in the order of its days.
PLOT: Mapping[str, Sequence[StoryAct]] = {
    # S1: the departments' data of the night, and on the morning after the household's own word.
    "YS000001": (
        Reports(
            _day(11, 4), Channel.SELF_REPORT, EventKind.ILLNESS, "孩子住院三次，自己付了三万多元，家里快撑不住了。",
            "柳霜降（孩子母亲）", "沈秋分", by="cun", happened=_day(10, 22),
        ),
    ),
    # S2: hotline, visit, call-back; an honest no.
    "YS000002": (
        Reports(
            _day(10, 27), Channel.SELF_REPORT, EventKind.ILLNESS,
            "妻子产后大出血住院，自己付了9,800元，问政府能不能帮一把。", "何冬至", "白小雪", by="rexian",
        ),
        Dispatches(_day(10, 27)),
        Closes(
            _day(10, 29), "not_eligible",
            "10月28日入户：两个劳动力，一辆货车，一张营业执照，这笔费用负担得起；10月29日电话回访，已说明政策和理由。",
        ),
    ),
    # S3: no department knows of the fire; somebody who saw it told.
    "YS000003": (
        Reports(
            _day(9, 12), Channel.VISIT, EventKind.DISASTER,
            "今天凌晨店铺失火，货物全部烧毁，损失约46,000元，人没有受伤。", "网格员", "杜谷雨",
        ),
        Dispatches(_day(9, 12)),
    ),
    "YS000004": (Dispatches(_day(11, 4)),),
    # S6: the row goes back to its department (monitoring.demo.plot), and the warning ends.
    "YS000006": (
        Closes(_day(11, 4), "wrong_information", "号码是雷大寒的，住院的是松岭镇吕小暑：这一行已退回医保局。"),
    ),
    # S7: closed in September and quiet until 9 December, for an insurance had paid.
    "YS000007": (Closes(_day(9, 10), "solved_by_policy", "商业保险已赔付"),),
    # S13: the village heard of it before the department wrote.
    "YS000013": (
        Reports(
            _day(10, 20), Channel.VISIT, EventKind.SCHOOLING, "孩子国庆后没有回校上课，母亲说跟亲戚外出学手艺。",
            "班主任", "姜惊蛰", happened=_day(10, 19),
        ),
        Dispatches(_day(10, 20)),
    ),
    # S14: the assistant is the man's kin, and stands back.
    "YS000014": (DeclaresKin(_day(10, 28)), Dispatches(_day(10, 28))),
}  # fmt: skip
