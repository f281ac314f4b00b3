"""What the house tests measure: the project's own files, and the functions in them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"


def files(folder: Path, *suffixes: str) -> list[Path]:
    """Our own files below `folder`; what others wrote (vendor) is left out."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in suffixes)
    return [path for path in found if path.is_file() and "vendor" not in path.parts]


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function of the app; lines count neither its docstring nor blank lines."""

    where: str
    lines: int
    body_lines: int  # without the line or lines of its signature
    positional: int
    decorators: tuple[str, ...]


def functions(folder: Path = APP) -> Iterator[Function]:
    for path in files(folder, ".py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Definition):
                yield _measured(node, path, text.splitlines())


def _measured(node: Definition, path: Path, text: list[str]) -> Function:
    taken = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    lines = _code_lines(node, text)
    return Function(
        where=f"{named(path)}:{node.lineno} {node.name}",
        lines=lines,
        body_lines=lines - (node.body[0].lineno - node.lineno),
        positional=len([name for name in taken if name not in ("self", "cls")]),
        decorators=tuple(ast.unparse(decorator) for decorator in node.decorator_list),
    )


def _code_lines(node: Definition, text: list[str]) -> int:
    body = text[node.lineno - 1 : node.end_lineno]
    blank = sum(1 for line in body if not line.strip())
    first = node.body[0]
    has_docstring = ast.get_docstring(node, clean=False) is not None
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return len(body) - blank - docstring
