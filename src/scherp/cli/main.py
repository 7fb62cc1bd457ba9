"""The commands, and how a mistake or a bug is told: in words, with an exit code, without a traceback."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from scherp import __version__
from scherp.cli.bilingual import Group, Option, argument, complaint, language, option
from scherp.cli.output import no_more_output
from scherp.errors import ExitCode, NeedsExtra, ScherpError
from scherp.report.wording import harmless
from scherp.texts import Language, say

_READERS = {
    "jongere": "young-person", "ouder": "parent", "hulpverlener": "professional",
    "young-person": "young-person", "parent": "parent", "professional": "professional",
}  # fmt: skip
"""What `--for` may be called: the first three as Dutch people say it."""
_ORDERS = click.Choice(["dmy", "mdy", "ymd"])
_WRITTEN = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_LANG = option("--lang", type=click.Choice([lang.value for lang in Language]), expose_value=False)
_QUIET = option("--quiet", "-q", is_flag=True)


def _reader(_context: click.Context, _option: click.Parameter, called: str | None) -> str | None:
    return None if called is None else _READERS[called]


@click.group(name="scherp", cls=Group, invoke_without_command=True, context_settings={"max_content_width": 100})
@_LANG
@click.version_option(__version__, cls=Option, message="scherp %(version)s")
@click.pass_context
def scherp(context: click.Context) -> None:
    """Carry the commands; without one, show the help that stands in the catalogue."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(ExitCode.USAGE)


@scherp.command(epilog="cli.before_reading")
@argument("file", "file")
@option("--for", "for", type=click.Choice(list(_READERS)), callback=_reader, metavar="cli.metavar.reader")
@option("--child", metavar="cli.metavar.name")
@option("--with", "with", metavar="cli.metavar.name")
@option("--list", "list", is_flag=True)
@option("--html", type=_WRITTEN, metavar="cli.metavar.file")
@option("--json", is_flag=True)
@option("--names", is_flag=True)
@option("--date-order", type=_ORDERS)
@option("--country", type=click.Choice(["nl", "be"]))
@_LANG
@_QUIET
def check(file: str, **settings: Any) -> None:
    """Read a chat export and explain what it shows."""
    from scherp.cli.check import Wishes, run  # noqa: PLC0415  each command loads its layer when called

    run(file, Wishes.of(settings), language())


@scherp.command()
@argument("file", "file")
@option("--output", "-o", type=_WRITTEN, default="-", metavar="cli.metavar.file")
@option("--with", "with", metavar="cli.metavar.name")
@option("--date-order", type=_ORDERS)
@_LANG
@_QUIET
def read(file: str, **settings: Any) -> None:
    """Convert a chat export to JSONL."""
    from scherp.cli.read import run  # noqa: PLC0415  each command loads its layer when called

    run(file, settings, language())


@scherp.command()
@argument("input", "input")
@option("--output", "-o", type=_WRITTEN, default="-", metavar="cli.metavar.file")
@option("--trajectory", is_flag=True)
@_LANG
@_QUIET
def score(input: str, output: Path, *, trajectory: bool, quiet: bool) -> ExitCode:  # noqa: A002  the word of the interface
    """Judge many conversations: JSONL in, JSONL out."""
    from scherp.cli.score import run  # noqa: PLC0415  each command loads its layer when called

    return run(input, output, trajectory=trajectory, quiet=quiet, language=language())


@scherp.command()
@argument("data", "data", nargs=-1, required=True)
@option("--html", type=_WRITTEN, metavar="cli.metavar.file")
@option("--json", "json_file", type=_WRITTEN, metavar="cli.metavar.file")
@option("--counts-only", is_flag=True)
@option("--without", multiple=True, metavar="cli.metavar.sign_name")
@_LANG
@_QUIET
def evaluate(data: tuple[str, ...], **settings: Any) -> ExitCode:
    """Measure how well it warns, on labelled conversations."""
    from scherp.cli.evaluate import Asked, run  # noqa: PLC0415  each command loads its layer when called

    return run(data, Asked(**settings), language())


@scherp.command()
@argument("package", "package")
@option("--key", metavar="cli.metavar.key")
@option("--extract", type=click.Path(path_type=Path), metavar="cli.metavar.folder")
@option("--json", is_flag=True)
@_LANG
def verify(package: str, **settings: Any) -> ExitCode:
    """Verify a package by which a case was handed over."""
    try:
        from scherp.cli.verify import Asked, run  # noqa: PLC0415  each command loads its layer when called
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "cryptography":
            raise
        raise NeedsExtra(extra="handover", what="scherp verify") from missing

    return run(package, Asked(**settings), language())


@scherp.command()
@argument("sign", "sign", required=False)
@_LANG
def signs(sign: str | None) -> None:
    """Show which signs Scherp knows, with examples."""
    from scherp.cli.signs import run  # noqa: PLC0415  each command loads its layer when called

    run(sign, language())


@scherp.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_LANG
def completion(shell: str) -> None:
    """Give the completion script of a shell."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  rarely called

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(scherp, {}, "scherp", "_SCHERP_COMPLETE").source())


def main() -> None:
    """Run the command line; every error is a message to a person."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that this terminal has no letters for stops nothing
    try:
        code = scherp.main(prog_name="scherp", standalone_mode=False)
        sys.stdout.flush()
    except ScherpError as error:
        _tell("\n".join([error.say(language()), *getattr(error, "__notes__", ())]), error.exit_code)
    except click.UsageError as error:
        _tell(complaint(error), ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _tell(say("cli.interrupted", language()), ExitCode.INTERRUPTED)
    except BrokenPipeError:
        no_more_output()
        sys.exit(ExitCode.FINE)
    except Exception as bug:  # noqa: BLE001  a traceback may hold message text, so nobody sees one
        _tell(say("cli.bug", language(), kind=type(bug).__name__), ExitCode.BUG)
    else:
        sys.exit(code if isinstance(code, int) else ExitCode.FINE)


def _tell(words: str, code: ExitCode) -> None:
    lines = harmless(words).split("\n")
    lines[-1] += f"   ({say('cli.exit', language(), code=int(code))})"
    click.echo("scherp: " + "\n        ".join(lines), err=True)
    sys.exit(code)
