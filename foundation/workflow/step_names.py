"""What the steps of shipped paths are called in the reader's language (decision 0108).

A path in force never changes, so its file and its row keep the words that they were declared with. Where those are
ours, English pages have the English ones; a step that is called otherwise stands as it was declared.
"""

from django.utils.translation import get_language

#: The declared label, and its English.
ENGLISH: dict[str, str] = {
    "一级网格长派发": "Dispatch by the first-level grid leader",
    "两人入户核实": "Doorstep check by two people",
    "乡镇公示期满": "End of the township notice",
    "乡镇分派": "Assignment by the township",
    "乡镇审核": "Township review",
    "二级网格长反馈": "Report of the second-level grid leader",
    "交办或接收": "Handed down, or taken over",
    "信息比对": "Asset check",
    "入户核实": "Doorstep check",
    "公告": "Announcement",
    "公告并标注": "Announcement and marking",
    "县级交办": "Handed down by the county",
    "县级审定": "County decision",
    "县级直接交办到村，或经乡镇分派": "Handed down by the county, or assigned by the township",
    "张贴乡镇公示": "Posting of the township notice",
    "张贴村级公示": "Posting of the village notice",
    "未发现风险的归档，其余由镇级审核": "Filed where no risk was found, else township review",
    "村级公示期满": "End of the village notice",
    "民主评议": "Democratic evaluation",
    "申请与授权": "Application and authorisation",
    "综合研判": "Assessment meeting",
}


def called(declared: str) -> str:
    """Name a step in the reader's language."""
    return declared if (get_language() or "zh").startswith("zh") else ENGLISH.get(declared, declared)
