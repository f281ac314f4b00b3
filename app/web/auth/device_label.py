"""By what name a person recognises her devices in the list: Android · 微信, Windows · Edge."""

from app.lib.words import N_

SYSTEMS = (
    ("HarmonyOS", N_("鸿蒙")),
    ("OpenHarmony", N_("鸿蒙")),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
# The first that is found counts: most browsers also claim to be Chrome or Safari.
PROGRAMS = (
    ("MicroMessenger", N_("微信")),
    ("DingTalk", N_("钉钉")),
    ("HuaweiBrowser", N_("华为浏览器")),
    ("MiuiBrowser", N_("小米浏览器")),
    ("HeyTapBrowser", N_("OPPO 浏览器")),
    ("VivoBrowser", N_("vivo 浏览器")),
    ("UCBrowser", "UC"),
    ("QQBrowser", N_("QQ 浏览器")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_label(user_agent: str) -> str:
    """System and program of a browser, as far as it says; empty when it says neither."""
    found = (_first(SYSTEMS, user_agent), _first(PROGRAMS, user_agent))
    return " · ".join(words for words in found if words)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((words for mark, words in known if mark in user_agent), "")
