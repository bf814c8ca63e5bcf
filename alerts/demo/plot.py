"""What people did about the households of the stories (field.md 7.3) until its day, one by one."""

import datetime
from collections.abc import Mapping, Sequence

from alerts.demo.acts import Assigns, Closes, DeclaresKin, Dispatches, MarksUnauthorised, Reports, StoryAct
from alerts.demo.authorising import Asks
from alerts.demo.proposing import Trouble, to_the_proposal
from alerts.demo.reviewing import Confirms, Draws, HandsOver, Proposes, Rechecks
from alerts.demo.visiting import CHECK, Checks, Visits
from alerts.models import Channel
from foundation.accounts.roles import Role
from households.models import Visit
from monitoring.screening.terms import EventKind


def _time(hour: int, minute: int) -> datetime.time:
    return datetime.time(hour, minute)


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
        Assigns(_day(10, 27)),
        Checks(
            _day(10, 28), _time(9, 40),
            "两口子都有劳动能力，做货运；有货车一辆、营业执照一张；妻子产后已出院，自付9,800元已用积蓄付清。",
            ("何冬至", "白小雪"),
            {
                "assets": ["truck"], "medical_paid": "9800", "income_part": "above", "expense_part": "bearable",
                "hardship_part": "none", "coping_part": "able", "opinion": "decline", "outcome": "not_eligible",
            },
        ),
        Draws(_day(10, 29)),
        Visits(
            _day(10, 29), _time(15, 20), "电话回访：说明为什么不纳入、可以参加什么保险，有变化随时再报；农户表示理解。",
            ("何冬至",), way=Visit.Way.PHONE, way_reason="电话回访", by=Role.TOWNSHIP_VERIFIER,
        ),
        Rechecks(_day(10, 29), "电话回访：家里情况与入户所见一致，费用已用积蓄付清，没有借债。"),
        Confirms(
            _day(10, 29), "not_eligible",
            "10月28日入户：两个劳动力，一辆货车，一张营业执照，这笔费用负担得起；10月29日电话回访，已说明政策和理由。",
        ),
        HandsOver(_day(10, 30)),
    ),
    # S3: no department knows of the fire; somebody who saw it told.
    "YS000003": (
        Reports(
            _day(9, 12), Channel.VISIT, EventKind.DISASTER,
            "今天凌晨店铺失火，货物全部烧毁，损失约46,000元，人没有受伤。", "网格员", "杜谷雨",
        ),
        Dispatches(_day(9, 12)),
        Assigns(_day(9, 12)),
        Checks(
            _day(9, 13), _time(8, 15),
            "店铺和货物全部烧毁，损失约46,000元，住房未受损；家里没有别的收入来源，急需过渡。", ("杜谷雨", "苗立冬"),
            {
                "living_together": 3, "able_to_work": 3, "wages": "38000", "production": "21440",
                "production_cost": "10000", "other_losses": "46000", "changes": ["accident"], "risks": ["05"],
                "income_part": "above", "expense_part": "heavy", "hardship_part": "grave", "coping_part": "partly",
                "opinion": "propose",
            },
        ),
        Proposes(_day(9, 14), "火灾损失属实，无保险，家里断了主要收入，提请民主评议，先行帮扶。"),
        # All three sign, the son on the evening of the day: from here on the stage of cases goes on.
        Asks(_day(9, 14), ("real_estate", "vehicle", "business", "deposit"), ("杜谷雨", "苗立冬", "杜小寒")),
        Visits(
            _day(10, 8), _time(16, 20), "临时救助已到账，店面还没有重开；与农户商量，过渡期申请低保。",
            ("杜谷雨", "苗立冬"), serves=True,
        ),
        Visits(
            _day(10, 22), _time(10, 5), "妻子在镇上做零工；低保还没有消息，已向民政所催问。", ("杜谷雨",), serves=True,
        ),
    ),
    "YS000004": (Dispatches(_day(11, 4)),),
    # S6: the row goes back to its department (monitoring.demo.plot), and the warning ends.
    "YS000006": (
        Closes(_day(11, 4), "wrong_information", "号码是雷大寒的，住院的是松岭镇吕小暑：这一行已退回医保局。"),
    ),
    # S7: closed in September and quiet until 9 December, for an insurance had paid.
    "YS000007": (Closes(_day(9, 10), "solved_by_policy", "商业保险已赔付"),),
    # S10: proposed; its notice, and who objects to it, are played by the stage of cases.
    "YS000010": to_the_proposal(
        "盛处暑",
        Trouble(
            "户主在工地摔伤，做了两次手术，家里断了收入。",
            "户主腰椎骨折，两次手术自付四万一千多元，工地没有赔，半年不能下地；妻子在家照料，儿子九年级，存款用完。",
            41_300,
            "01",
        ),
        30_450,
        _time(9, 20),
    ),
    # S13: the village heard of it before the department wrote.
    "YS000013": (
        Reports(
            _day(10, 20), Channel.VISIT, EventKind.SCHOOLING, "孩子国庆后没有回校上课，母亲说跟亲戚外出学手艺。",
            "班主任", "姜惊蛰", happened=_day(10, 19),
        ),
        Dispatches(_day(10, 20)),
        Assigns(_day(10, 20)),
        Visits(
            _day(10, 21), _time(19, 5), "母亲在家，说孩子国庆后跟舅舅在外地学修车，暂时不想回校；已讲明义务教育法。",
            ("姜大雪",), CHECK, {"income_trend": "same", "all_at_school": "no"},
        ),
        Asks(
            _day(11, 1), ("real_estate", "vehicle", "deposit"), refused_by="姜大雪",
            told="不授权就不能做信息比对，办理停在“未授权”，随时可以补签；孩子的教育资助照常由教育局办理，不受影响。",
        ),
        MarksUnauthorised(_day(11, 1), "户主不同意授权比对；教育资助由教育局接着办。"),
    ),
    # S14: the assistant is the man's kin and stands back; the next village's goes, and what is found is checked again.
    "YS000014": (
        DeclaresKin(_day(10, 28)),
        Dispatches(_day(10, 28)),
        Assigns(_day(10, 29), "cun"),
        Checks(
            _day(10, 30), _time(10, 10),
            "住房鉴定为D级，屋顶漏雨、后墙开裂；住建局已列入危房改造，下月动工，老两口已搬到亲戚家暂住，收入稳定。",
            ("纪立秋", "石谷雨"),
            {
                "house_safe": "no", "income_part": "above", "expense_part": "none", "hardship_part": "some",
                "coping_part": "partly", "opinion": "decline", "outcome": "solved_by_policy",
            },
        ),
        Draws(_day(11, 2)),
    ),
    # S9: monitored households are visited again and again.
    "YS000009": (
        Visits(
            _day(9, 16), _time(17, 30), "户主务工稳定，妻子按时服药，孩子在校。", ("蒲小满", "裴霜降"), serves=True,
        ),
        Visits(
            _day(10, 15), _time(16, 50), "两次收入采集都在线上，生活平稳，准备进入消除评议。", ("蒲小满",), serves=True,
        ),
    ),
    "YS000093": (
        Visits(_day(9, 16), _time(10, 0), "老人身体尚可，特困供养金按月到账，邻居帮忙挑水。", ("祁立冬",), serves=True),
        Visits(_day(10, 15), _time(9, 30), "老人感冒已好，冬衣被褥够用。", ("祁立冬",), serves=True),
    ),
}  # fmt: skip
