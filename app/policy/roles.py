"""Who there is. A role's description is what the admin page shows beside it."""

from dataclasses import dataclass

from app.lib.words import N_


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    words: str
    description: str
    level: str | None  # the level of area such a user belongs to; None: no place of her own


ROLES = {
    role.key: role
    for role in (
        Role(
            "worker",
            N_("网格员"),
            N_("在自己的网格里登记、探访、上报；只看得到自己网格的居民。"),
            "community",
        ),
        Role(
            "director",
            N_("社区负责人"),
            N_("书记、主任、副主任：看全社区，核实、派单、解码、日结。"),
            "community",
        ),
        Role(
            "official",
            N_("上级"),
            N_("街道、区县、市：只看汇总数字；要看姓名须写明理由并留痕。"),
            None,
        ),
        Role("admin", N_("管理员"), N_("管理账号、网格和规则版本；看不到居民信息。"), None),
    )
}
