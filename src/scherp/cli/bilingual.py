"""click's commands and options, speaking the user's language: help comes from the catalogue.

click writes its own headings and complaints in English only; here they are said in Dutch as well.
"""

from __future__ import annotations

import locale
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from scherp.cli.output import no_more_output
from scherp.texts import Language, language_of, say

if TYPE_CHECKING:
    from collections.abc import Callable

    _Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> Language:
    """Give the language: `--lang`, else the locale of this device, else Dutch."""
    given = _given(sys.argv[1:])
    if given in set(Language):
        return Language(given)
    return language_of(locale_name())


def _given(words: list[str]) -> str | None:
    for word, after in zip(words, [*words, None][1:], strict=True):
        if word == "--":
            return None
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def locale_name() -> str | None:
    """Give the locale that this device asks for, such as `nl_BE.UTF-8`; None if it asks for none."""
    named = next((os.environ[name] for name in _LOCALES if os.environ.get(name)), None)
    if named is None and sys.platform == "win32":
        return locale.getlocale()[0]
    return named


class Option(click.Option):
    """An option whose help stands in the catalogue as `cli.option.<name>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option and its help, in the user's language."""
        self.help = say(f"cli.option.{self.name}", language())
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """Give the word for its value, in the user's language."""
        return _metavar(super().make_metavar(ctx))


class Command(click.Command):
    """A command whose help stands in the catalogue as `cli.help.<name>`."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help`, with its help in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.option.help", language())
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how it is called."""
        pieces = " ".join(_metavar(piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, say("cli.usage", language()) + ": ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does, with an example."""
        self.help = say(f"cli.help.{self.name}", language())
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options."""
        shown = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for p in shown if (record := p.get_help_record(ctx))]
        with formatter.section(say("cli.options", language())):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's form
        """Write, where a file with other people's words is chosen, what to think of first."""
        if self.epilog is None:
            return
        from scherp.advice import Audience, before_reading, words  # noqa: PLC0415  only for this help

        with formatter.section(say(self.epilog, language())):
            formatter.write_text(" ".join(words(key, language()) for key in before_reading(Audience.PARENT)))

    def get_short_help_str(self, limit: int = 90) -> str:
        """Give its first sentence, for the list of commands."""
        return say(f"cli.help.{self.name}", language()).split("\n", 1)[0][: limit + 30]


class Group(Command, click.Group):
    """All commands together."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  what the command gives back
        """Run the command; whoever read its output and has gone is no error (click gives 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            no_more_output()
            return None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands."""
        super().format_options(ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str()) for name in self.commands]
        with formatter.section(say("cli.commands", language())):
            formatter.write_dl(rows)


def option(*names: str, **settings: Any) -> _Decorator:
    """Declare an option that speaks the user's language."""
    return click.option(*names, cls=Option, **settings)


def argument(name: str, metavar: str, **settings: Any) -> _Decorator:
    """Declare an argument; `metavar` names its word in the catalogue."""
    return click.argument(name, metavar=f"cli.metavar.{metavar}", **settings)


class Misuse(click.UsageError):
    """Options that do not go together; `key` names what is wrong in the catalogue."""

    def __init__(self, key: str) -> None:
        super().__init__(key, ctx=click.get_current_context(silent=True))
        self.key = key


def complaint(error: click.UsageError) -> str:
    """Say what is wrong with a call, and where its help is."""
    command = error.ctx.command_path if error.ctx else "scherp"
    return f"{_wrong(error)}\n{say('cli.wrong.help', language(), command=command)}"


def _wrong(error: click.UsageError) -> str:
    values: dict[str, str] = {}
    match error:
        case Misuse():
            key = error.key
        case click.NoSuchOption():
            key, values = "no_such_option", {"what": error.option_name}
        case click.MissingParameter():
            key, values = "missing", {"what": _named(error.param)}
        case click.BadOptionUsage():
            given = any(word.startswith(f"{error.option_name}=") for word in sys.argv[1:])
            key, values = "no_value" if given else "needs_value", {"what": error.option_name}
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            key, values = "value", {"what": _named(error.param), "choices": ", ".join(choices)}
        case click.BadParameter():
            key, values = "folder", {"what": _named(error.param)}
        case click.UsageError(ctx=click.Context(command=click.Group())):
            words = (w for w in sys.argv[1:] if not w.startswith("-") and w not in set(Language))
            key, values = "no_such_command", {"what": next(words, "")}
        case _:
            key = "too_much"
    return say(f"cli.wrong.{key}", language(), **values)


def _named(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    if isinstance(param, click.Argument):
        return _metavar(param.metavar or param.human_readable_name)
    return max(param.opts, key=len)


def _metavar(piece: str) -> str:
    if piece.startswith("cli.metavar."):
        return say(piece, language())
    return {
        "[OPTIONS]": say("cli.metavar.options", language()),
        "COMMAND [ARGS]...": say("cli.metavar.command", language()),
    }.get(piece, piece)
