"""What a browser calls itself, in words a person recognises their own telephone by."""

from django.utils.translation import gettext as _

#: The first that is found; the order matters, because browsers claim to be each other.
_BROWSERS = {
    "MicroMessenger": "微信",
    "HuaweiBrowser": "华为浏览器",
    "MiuiBrowser": "小米浏览器",
    "UCBrowser": "UC",
    "QQBrowser": "QQ",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "OpenHarmony": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def device_name(agent: str) -> str:
    """Return browser and system of a User-Agent, such as "Chrome · Android"; what nobody knows says so."""
    found = [
        next((name for mark, name in names.items() if mark in agent), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(each for each in found if each) or _("unknown device")
