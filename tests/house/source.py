"""The portal's own source, as the house's tests read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("odifund", "consortia", "tenders", "deliverables")


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        return self.path.read_text()

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with its dotted name, as far as it has one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def functions(self) -> Iterator[ast.FunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product but migrations."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple(Module(file) for file in sorted(files) if "migrations" not in file.parts)


@cache
def templates(ending: str = "") -> tuple[Path, ...]:
    return tuple(sorted(file for file in (ROOT / "templates").rglob(f"*{ending}") if file.is_file()))


def length(function: ast.FunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    body = function.body
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines
