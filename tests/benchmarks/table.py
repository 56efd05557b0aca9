"""The tables of the benchmark: a line for each thing that was asked, all of them in one form."""

import gzip
import statistics
from collections.abc import Sequence

from odifund.launch.stack import Stack
from tests.benchmarks.asking import CONNECTIONS, Ask, cpu, first, load


def head(title: str, share: str) -> None:
    """The title and the names of the columns; the last is the share of what raw view."""
    print(f"\n{title}\n")
    print(f"| who | page | queries | bytes | gzip | a second | p50 ms | p99 ms | CPU ms | {share} |")
    print("|---|---|---|---|---|---|---|---|---|---|")


def line(
    stack: Stack,
    who: str,
    asks: Ask | Sequence[Ask],
    seconds: float,
    *,
    name: str = "",
    of: float = 0.0,
    most: int = 0,
) -> float:
    """Measure, print the line with the share of another rate, and return how many a second.

    Several asks are one for each connection.
    """
    each = [asks] * CONNECTIONS if isinstance(asks, Ask) else asks
    pid = stack.processes["web"].pid
    queries, body = first(stack.port, each[0])
    before = cpu(pid)
    loaded = load(stack.port, each, seconds, most)
    spent = (cpu(pid) - before) * 1000 / len(loaded.times)
    p50, p99 = (moment * 1000 for moment in (statistics.median(loaded.times), _at(loaded.times, 0.99)))
    page, sizes = name or each[0].path, f"{len(body)} | {len(gzip.compress(body))}"
    print(
        f"| {who or 'anybody'} | `{page}` | {queries} | {sizes}"
        f" | {loaded.rate:.0f} | {p50:.0f} | {p99:.0f} | {spent:.1f} | {share(loaded.rate, of)} |",
        flush=True,
    )
    return loaded.rate


def share(rate: float, of: float) -> str:
    """52%; nothing where there is nothing to compare with."""
    return f"{rate / of:.0%}" if of else ""


def _at(times: list[float], part: float) -> float:
    return sorted(times)[int(len(times) * part)]
