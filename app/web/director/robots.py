"""群机器人: which robots speak in the community's work groups; adding, trying and switching off.

Nothing is sent in a request: a test is asked for here and sent by the post room.
"""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from app.domain import robots as domain
from app.domain.robots import SORTS, Robot
from app.intake.fields import IntakeForm, OneOfField, at_most
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.notify.channels import robots as channel
from app.notify.channels.endpoints import LONGEST
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal

NO_SECRET_KEPT = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class RobotForm(IntakeForm):
    sort = OneOfField(
        N_("哪一家"),
        choices=[(key, sort.words) for key, sort in SORTS.items()],
        validators=[InputRequired(N_("请选是哪一家的机器人。"))],
    )
    url = StringField(
        N_("Webhook 地址"),
        validators=[InputRequired(N_("请把机器人的地址粘贴进来。")), at_most(LONGEST)],
        description=N_("在群设置里添加机器人后复制。知道它的人都能在群里发言，请勿外传。"),
        render_kw=NO_SECRET_KEPT | {"maxlength": LONGEST, "inputmode": "url"},
    )
    secret = PasswordField(
        N_("加签密钥"),
        validators=[at_most(200)],
        description=N_("钉钉、飞书安全设置里的“加签”（签名校验），没有就留空。"),
        render_kw=NO_SECRET_KEPT,
    )


@director.get("/robots")
@allows(P.DIRECT_WORK)
def robots() -> ResponseReturnValue:
    return _page(RobotForm())


@director.post("/robots")
@allows(P.DIRECT_WORK)
def add_robot() -> ResponseReturnValue:
    form = RobotForm(request.form)
    why = _added(form) if form.validate() else None
    if form.errors or why:
        return _page(form, why), 422
    tell(_("机器人已接上。请点“试一条”，看群里有没有。"))
    return redirect(url_for("director.robots"), 303)


@director.post("/robots/<int:robot_id>/trial")
@allows(P.DIRECT_WORK)
def try_robot(robot_id: int) -> ResponseReturnValue:
    own_robot(robot_id).ask_for_a_test(by=me(), at=clock.now())
    tell(_("已发出，几秒钟后群里应有一条“守望：试一条”。"))
    return redirect(url_for("director.robots"), 303)


@director.post("/robots/<int:robot_id>/switch")
@allows(P.DIRECT_WORK)
def switch_robot(robot_id: int) -> ResponseReturnValue:
    robot = own_robot(robot_id)
    robot.switch(robot.off_at is not None, by=me(), at=clock.now())
    tell(_("机器人已停用，不再往那个群发消息。") if robot.off_at else _("机器人已启用。"))
    return redirect(url_for("director.robots"), 303)


def own_robot(robot_id: int) -> Robot:
    """A robot of her own community; 404 otherwise."""
    found = session.get(Robot, robot_id)
    return found if found is not None and found.community_id == community().id else abort(404)


def _added(form: RobotForm) -> Say | None:
    """Take it in; or the sentence that says why not."""
    url = form.url.data.strip()
    try:
        channel.check(form.sort.data, url)
    except Refused as refused:
        return show_refusal(form, refused)
    kept = {"by": me(), "at": clock.now()}
    domain.add_robot(community(), form.sort.data, url, (form.secret.data or "").strip(), **kept)
    return None


def _page(form: RobotForm, why: Say | None = None) -> ResponseReturnValue:
    found = domain.robots_of(community().id)
    return page("director/robots.html", form=form, why=why, found=found, place=community())
