"""Drawing on a terminal. The only place that knows the terminal library."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
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
_NARROWEST = 20


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Whoever read along has gone: `main` ends quietly."""
        raise BrokenPipeError


def draw(lines: Iterable[TextLine]) -> None:
    """Write paragraphs to standard output, wrapped to the terminal, without blanks at the end of a line."""
    console = _Terminal(highlight=False)
    width = min(console.width, _WIDEST)
    for line in lines:
        before = " " * line.indent + line.bullet
        for part in _text(line, plain=console.color_system is None).wrap(console, max(width - len(before), _NARROWEST)):
            part.rstrip()
            console.print(Text(before) + part if part else before.rstrip(), soft_wrap=True)
            before = " " * len(before)


def _text(line: TextLine, *, plain: bool) -> Text:
    text = Text()
    for run in line.runs:
        text.append(harmless(_marked(run) if plain else run.text), _STYLES[run.look])
    return text


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
