"""The house measures of STYLE.md: small files, small functions, few arguments."""

from statistics import quantiles

from tests.house.sources import APP, files, functions, line_count, named

LONGEST = {".py": 300, ".html": 160, ".js": 250, ".css": 400}
FILE_P95 = {".py": 200, ".html": 100}
LONGEST_FUNCTION, FUNCTION_P95 = 40, 20
LONGEST_VIEW = 12
MOST_POSITIONAL = 5
NOUNLESS = ("util", "utils", "helper", "helpers", "common", "misc")


def p95(numbers: list[int]) -> float:
    return quantiles(numbers, n=20)[-1] if len(numbers) > 1 else max(numbers, default=0)


def test_no_file_is_too_long():
    longest = [(path, line_count(path)) for path in files(APP, *LONGEST)]
    too_long = {named(path): n for path, n in longest if n > LONGEST[path.suffix]}
    assert not too_long


def test_most_files_are_short():
    sizes = {suffix: p95([line_count(path) for path in files(APP, suffix)]) for suffix in FILE_P95}
    assert {suffix: size for suffix, size in sizes.items() if size > FILE_P95[suffix]} == {}


def test_no_function_is_too_long():
    assert not {f.where: f.lines for f in functions() if f.lines > LONGEST_FUNCTION}


def test_most_functions_are_short():
    sizes = [f.lines for f in functions()]
    assert p95(sizes) <= FUNCTION_P95


def test_few_positional_arguments():
    assert not {f.where: f.positional for f in functions() if f.positional > MOST_POSITIONAL}


def test_views_read_one_request_make_one_call_and_render():
    views = [f for f in functions(APP / "web") if any(_is_route(name) for name in f.decorators)]
    assert not {view.where: view.body_lines for view in views if view.body_lines > LONGEST_VIEW}


def test_every_module_has_a_noun():
    modules = files(APP, ".py")
    nounless = [named(path) for path in modules if set(NOUNLESS) & set(path.stem.split("_"))]
    packages = [named(path) for path in APP.rglob("*") if path.is_dir() and path.name in NOUNLESS]
    assert not nounless + packages


def test_every_module_says_what_it_is_for():
    rooms = [path for path in files(APP, ".py") if line_count(path) > 0]
    starts = {path: path.read_text(encoding="utf-8").lstrip()[:3] for path in rooms}
    assert not [named(path) for path, start in starts.items() if start != '"""']


def _is_route(decorator: str) -> bool:
    return any(f".{verb}(" in decorator for verb in ("route", "get", "post", "put", "delete"))
