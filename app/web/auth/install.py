"""How to put 守望 on the home screen, with pictures, for the browser that asks first."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.lib.words import N_
from app.web.auth import auth
from app.web.guard import public
from app.web.hypermedia import page
from app.web.navigation import around


@dataclass(frozen=True, slots=True)
class Way:
    """The steps in one family of browsers: a drawing of parts/drawings.html and a sentence each."""

    key: str
    words: str
    steps: tuple[tuple[str, str], ...]
    note: str = ""


HOME = ("home", N_("回到桌面，点“守望”图标就打开。"))
WAYS = (
    Way(
        "android",
        N_("安卓手机：Chrome、Edge"),
        (
            ("dots", N_("点右上角的“⋮”（Edge 在最下面一排，是三条横线）。")),
            ("menu", N_("点“安装应用”；没有的话，点“添加到主屏幕”。")),
            ("confirm", N_("点“安装”，等几秒钟。")),
            HOME,
        ),
    ),
    Way(
        "ios",
        N_("苹果手机：Safari"),
        (
            ("share", N_("点最下面正中的“分享”（方框加向上箭头）。看不到时，先点“…”。")),
            ("sheet", N_("往上滑，点“添加到主屏幕”。")),
            ("add", N_("点右上角的“添加”。")),
            HOME,
        ),
        N_("要从桌面图标打开：这样浏览器才不会清掉还没上传的登记。"),
    ),
    Way(
        "inside",
        N_("正在微信、钉钉里看"),
        (
            ("more", N_("点右上角的“…”。")),
            ("outside", N_("点“在浏览器打开”（苹果手机叫“在默认浏览器中打开”）。")),
            ("dots", N_("到了浏览器里，再按本页的办法装。")),
        ),
        N_("不换浏览器也能登记；只是微信里不能装到桌面，也更容易被清理。"),
    ),
    Way(
        "maker",
        N_("华为、小米、OPPO、vivo 自带的浏览器"),
        (
            ("foot", N_("点最下面一排里的菜单（四个点或三条横线）。")),
            ("desktop", N_("点“添加到桌面”；没有的话，点“添加至”或“添加书签”，再选“桌面”。")),
            ("allow", N_("手机问是否允许创建桌面快捷方式时，点“允许”。")),
            HOME,
        ),
        N_("装不上时，换 Edge 或 Chrome 打开本页。"),
    ),
    Way(
        "pc",
        N_("电脑：Edge、Chrome"),
        (
            ("bar", N_("点地址栏右边的安装图标。")),
            ("window", N_("点“安装”，以后从开始菜单或桌面打开。")),
        ),
    ),
)
# In this order: inside WeChat is inside WeChat, whatever the phone; its browser comes next.
MARKS = (
    ("inside", ("MicroMessenger", "wxwork", "DingTalk", "AliApp", "Lark", "QQ/")),
    ("maker", ("HuaweiBrowser", "MiuiBrowser", "HeyTapBrowser", "VivoBrowser")),
    ("ios", ("iPhone", "iPad", "iPod")),
    ("android", ("Android", "HarmonyOS")),
)


@auth.get("/install")
@public
def install() -> ResponseReturnValue:
    ways = ways_for(request.user_agent.string)
    signed_in = current_user.is_authenticated
    layout = around()["layout"] if signed_in else "layouts/plain.html"
    home = "worker.me" if signed_in and current_user.role == "worker" else "account.settings"
    return page(
        "auth/install.html",
        layout=layout,
        ways=ways,
        back=url_for(home) if signed_in else url_for("auth.sign_in"),
    )


def ways_for(user_agent: str) -> list[Way]:
    """All ways, that of the asking browser first."""
    fitting = [key for key, marks in MARKS if any(one in user_agent for one in marks)] or ["pc"]
    order = [*fitting, *(way.key for way in WAYS)]
    return sorted(WAYS, key=lambda way: order.index(way.key))
