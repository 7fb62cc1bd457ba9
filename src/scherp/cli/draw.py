"""Drawing on a terminal. The only place that knows the terminal library."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from scherp.report.as_text import Look, Run, TextLine
from scherp.report.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_STYLES = {
    Look.PLAIN: "",
    Look.STRONG: "bold",
    Look.HEADING: "bold cyan",
    Look.QUIET: "dim",
    Look.COUNTED: "bold underline",
    Look.LEVEL_UNKNOWN: "bold",
    Look.LEVEL_NONE: "bold blue",
    Look.LEVEL_ATTEND: "bold yellow",
    Look.LEVEL_CONCERN: "bold dark_orange",
    Look.LEVEL_URGENT: "bold red",
}
_WIDEST = 100


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Whoever read along has gone: `main` ends quietly."""
        raise BrokenPipeError


def draw(lines: Iterable[TextLine]) -> None:
    """Write paragraphs to standard output, wrapped to the terminal."""
    console = _Terminal(highlight=False, soft_wrap=False)
    console.width = min(console.width, _WIDEST)
    for line in lines:
        console.print(_paragraph(line, plain=console.color_system is None))


def _paragraph(line: TextLine, *, plain: bool) -> Padding:
    text = Text()
    for run in line.runs:
        text.append(harmless(_marked(run) if plain else run.text), _STYLES[run.look])
    if not line.bullet:
        return Padding(text, (0, 0, 0, line.indent))
    row = Table.grid(padding=0)
    row.add_column(width=len(line.bullet))
    row.add_column()
    row.add_row(line.bullet, text)
    return Padding(row, (0, 0, 0, line.indent))


def _marked(run: Run) -> str:
    """Where nothing can be underlined, the words that counted stand between marks."""
    return f"«{run.text}»" if run.look is Look.COUNTED else run.text


@contextmanager
def bar(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error, and give what moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(words, total=total)
        yield lambda done: shown.update(task, completed=done)
