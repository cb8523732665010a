"""The manner of the house, as far as a machine can see it: sizes, docstrings, names, and what files must not say."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "generator").rglob("*.py"))
SCRIPTS = sorted(path for folder in ("generator", "site_templates") for path in (ROOT / folder).rglob("*.js"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
INDEXES = ("pypi" + ".org", "python" + "hosted.org", "registry.npmjs" + ".org", '"resolved"' + ":", "--index" + "-url ")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=shown)
def test_a_module_fits_in_300_lines(path: Path) -> None:
    """Nothing attracts everything."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_function_fits_in_40_lines(path: Path) -> None:
    """A function can be read without scrolling."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sizes = {
        f"{node.name}, line {node.lineno}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in functions(tree)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_says_what_it_does(path: Path) -> None:
    """Every module begins with a docstring, and none is named after nothing."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert path.stem not in ("utils", "util", "helpers", "misc", "common")


def test_no_file_names_a_package_index() -> None:
    """Installs ask whichever index the machine is set up for; hashes say what may come."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    texts = {path: path.read_bytes().decode(errors="replace") for path in paths if path.is_file()}
    assert [shown(path) for path, text in texts.items() for index in INDEXES if index in text] == []
