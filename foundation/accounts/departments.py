"""What the shipped departments are called in the reader's language (decision 0108).

A department is a row with one name, which administrators may change. Where it still has the name that was shipped with
its code, English pages have the English one; any other name stands as it was given.
"""

from django.utils.translation import get_language

#: By code: the name that was shipped (migration 0002) and its English.
SHIPPED: dict[str, tuple[str, str]] = {
    "rural_affairs": ("农业农村局", "Agriculture and rural affairs"),
    "medical_insurance": ("医保局", "Medical insurance"),
    "health": ("卫健局", "Health"),
    "civil_affairs": ("民政局", "Civil affairs"),
    "education": ("教育局", "Education"),
    "housing": ("住建局", "Housing and construction"),
    "water": ("水利局", "Water"),
    "labour": ("人社局", "Labour and social security"),
    "police": ("公安局", "Police"),
    "emergency": ("应急局", "Emergency management"),
    "fire": ("消防救援大队", "Fire and rescue"),
    "disabled": ("残联", "Disabled persons' federation"),
    "market": ("市场监管局", "Market supervision"),
    "land": ("自然资源局", "Natural resources"),
    "tax": ("税务局", "Tax"),
    "housing_fund": ("公积金中心", "Housing fund"),
    "finance": ("财政局", "Finance"),
    "establishment": ("编办", "Staff establishment"),
    "veterans": ("退役军人局", "Veterans"),
    "justice": ("司法局", "Justice"),
    "court": ("法院", "Court"),
    "petitions": ("信访局", "Petitions"),
    "women": ("妇联", "Women's federation"),
    "youth": ("团委", "Youth league"),
    "union": ("工会", "Trade union"),
    "financial_office": ("金融办", "Financial affairs"),
    "insurer": ("保险机构", "Insurers"),
}


def called(code: str, kept: str) -> str:
    """Name in the reader's language a department that its row calls `kept`."""
    shipped, english = SHIPPED.get(code, ("", ""))
    return english if shipped == kept and not (get_language() or "zh").startswith("zh") else kept
