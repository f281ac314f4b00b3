"""Who works in the story: six workers with two grids each, directors, neighbours, those above."""

from dataclasses import dataclass
from datetime import date

from app.domain.people import GridAssignment, User
from app.domain.places import Area
from app.domain.sign_in import set_password
from app.lib.db import session


@dataclass(frozen=True, slots=True)
class Post:
    login: str
    name: str
    title: str
    role: str
    place: str  # which area of `Places`


POSTS = (
    Post("lina", "李娜", "网格员", "worker", "home"),
    Post("zhouqiang", "周强", "网格员", "worker", "home"),
    Post("haoyan", "郝燕", "网格员", "worker", "home"),
    Post("songtao", "宋涛", "网格员", "worker", "home"),
    Post("renhong", "任红", "网格员", "worker", "home"),
    Post("niubin", "牛斌", "网格员", "worker", "home"),
    Post("zhangmin", "张敏", "副主任", "director", "home"),
    Post("guoyulan", "郭玉兰", "书记", "director", "home"),
    Post("sunli", "孙丽", "网格员", "worker", "next_door"),
    Post("hewei", "何伟", "主任", "director", "next_door"),
    Post("jiedao", "贺鹏", "街道办", "official", "street"),
    Post("quji", "段莉", "区级", "official", "district"),
    Post("shiji", "任静", "市级", "official", "city"),
    Post("admin", "管理员", "", "admin", "nowhere"),
)


def hire(places: dict[str, Area], password: str, since: date) -> dict[str, User]:
    """Make the accounts; the workers of each community share its grids evenly, in order."""
    people = {post.login: _user(post, places, password) for post in POSTS}
    for name in ("home", "next_door"):
        workers = [people[p.login] for p in POSTS if (p.place, p.role) == (name, "worker")]
        grids = places[name].under("grid")
        share = max(len(grids) // len(workers), 1)
        for index, grid in enumerate(grids):
            hers = workers[min(index // share, len(workers) - 1)]
            session.add(GridAssignment(user=hers, grid=grid, begins=since))
    session.flush()
    return people


def _user(post: Post, places: dict[str, Area], password: str) -> User:
    user = User(
        login=post.login,
        name=post.name,
        title=post.title,
        role=post.role,
        area=places.get(post.place),
    )
    set_password(user, password)
    session.add(user)
    return user
