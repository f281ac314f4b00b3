"""Where the story lives: twelve grids of 南内环街二社区, their buildings, stairs and doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.domain.doors import new_household
from app.domain.places import Area, Building, Household, Room, Unit
from app.lib.db import session


@dataclass(frozen=True, slots=True)
class Block:
    """So many like buildings of one compound: units × floors × doors on each floor."""

    compound: str
    buildings: int
    units: int
    floors: int
    doors: int


Plan = tuple[tuple[str, tuple[Block, ...]], ...]  # grid name, its blocks

# Old walk-ups of six floors, two towers, one quarter of bungalows: about 3,000 doors.
GRIDS: Plan = (
    ("二轻小区", (Block("二轻小区", 7, 3, 6, 2),)),
    ("水利厅宿舍", (Block("水利厅宿舍", 6, 3, 6, 2), Block("水利厅北院", 1, 2, 6, 2))),
    ("南内环街8号院", (Block("南内环街8号院", 7, 3, 6, 2),)),
    ("桃园小区", (Block("桃园小区", 6, 4, 6, 2),)),
    ("教师公寓", (Block("教师公寓", 5, 4, 6, 2),)),
    ("平房片区", (Block("平房片区", 18, 1, 1, 12),)),
    ("铁路宿舍", (Block("铁路宿舍", 7, 3, 6, 2),)),
    ("益民小区", (Block("益民小区", 8, 3, 5, 2),)),
    ("机床厂宿舍", (Block("机床厂宿舍", 7, 3, 6, 2),)),
    ("锦绣苑高层", (Block("锦绣苑", 2, 2, 18, 4),)),
    ("物资局院", (Block("物资局院", 5, 4, 6, 2),)),
    ("新民家园", (Block("新民家园", 2, 2, 17, 4),)),
)
NEXT_DOOR: Plan = (
    ("桃园北苑", (Block("桃园北苑", 2, 3, 6, 2),)),
    ("五一路宿舍", (Block("五一路宿舍", 2, 3, 6, 2),)),
)
LIVED_IN = 0.957


def build(community: Area, grids: Plan, dice: Random) -> list[Household]:
    """Build a community's grids and homes; every lived-in door becomes a household."""
    homes: list[Household] = []
    for number, (name, blocks) in enumerate(grids, start=1):
        grid = Area.add(
            code=f"{community.code}{number:04d}",
            name=f"第{number}网格·{name}",
            level="grid",
            parent=community,
        )
        for block in blocks:
            homes += _homes(block, grid, dice)
    session.add_all(homes)
    session.flush()
    return homes


def _homes(block: Block, grid: Area, dice: Random) -> Iterator[Household]:
    bungalows = block.floors == 1
    for number in range(1, block.buildings + 1):
        name = f"{number}排" if bungalows else f"{number}号楼"
        building = Building(
            community_id=grid.parent_id, grid_id=grid.id, compound=block.compound, name=name
        )
        session.add(building)
        for stair in range(1, block.units + 1):
            unit = Unit(building=building, name="" if bungalows else f"{stair}单元")
            session.add(unit)
            yield from _rooms(block, unit, dice)


def _rooms(block: Block, unit: Unit, dice: Random) -> Iterator[Household]:
    for floor in range(1, block.floors + 1):
        for door in range(1, block.doors + 1):
            name = f"{door}号" if block.floors == 1 else f"{floor}{door:02d}"
            room = Room(unit=unit, name=name, floor=floor)
            session.add(room)
            if dice.random() < LIVED_IN:
                yield new_household(room)
