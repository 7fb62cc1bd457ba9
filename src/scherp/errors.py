"""Everything that a user may be told has gone wrong, each with its own exit code.

The words stand in `texts/errors.toml`: what is wrong, where, what to do. No error carries message text.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from scherp.texts import Language, say


class ExitCode(IntEnum):
    """What the shell gets back; documented in `docs/reference/exit-codes.md`."""

    FINE = 0
    BUG = 1
    USAGE = 2
    SOME_LINES_UNREAD = 3
    NOT_FOUND = 10
    UNKNOWN_FORMAT = 11
    NO_CHAT = 12
    EMPTY = 13
    ENCRYPTED = 14
    TOO_LARGE = 15
    NOT_TEXT = 16
    WRONG_ENCODING = 17
    DAMAGED = 18
    UNSAFE_ARCHIVE = 19
    NO_SUCH_CONVERSATION = 20
    NO_SUCH_SPEAKER = 21
    NOT_PERMITTED = 22
    NOT_WRITTEN = 23
    NO_SUCH_SIGN = 24
    NEEDS_EXTRA = 25
    NOT_VERIFIED = 26
    KEY_NOT_COMPARED = 27
    NOT_A_KEY = 28
    INTERRUPTED = 130


class ScherpError(Exception):
    """An error for a person. `values` fill the words; they never hold message text."""

    key: ClassVar[str]
    exit_code: ClassVar[ExitCode]

    def __init__(self, **values: object) -> None:
        super().__init__(self.key)
        self.values = values

    def say(self, language: Language) -> str:
        """Tell the person what is wrong, where, and what to do."""
        return say(f"errors.{self.key}", language, **self.values)

    def __str__(self) -> str:
        return self.say(Language.EN)


class NotFound(ScherpError):
    """There is no such file or folder, or it cannot be opened. Values: name."""

    key = "not_found"
    exit_code = ExitCode.NOT_FOUND


class UnknownFormat(ScherpError):
    """The text is not in any export form that we read. Values: name, formats."""

    key = "unknown_format"
    exit_code = ExitCode.UNKNOWN_FORMAT


class NotLines(UnknownFormat):
    """It is an archive or a folder, and not lines of JSON. Values: name."""

    key = "not_lines"


class NoPastedChat(UnknownFormat):
    """What was pasted is not in a form that we read."""

    key = "no_pasted_chat"


class HtmlExport(UnknownFormat):
    """The export was made as web pages; the same app can make it as JSON. Values: name."""

    key = "html_export"


class NoChat(ScherpError):
    """The archive or folder holds no chat text. Values: name, media (how many other files it holds)."""

    key = "no_chat"
    exit_code = ExitCode.NO_CHAT

    def say(self, language: Language) -> str:
        """Tell the person so, with the number of files left closed where there are any."""
        count = self.values["media"]
        media = say("errors.media_only", language, count=count) if count else ""
        return say("errors.no_chat", language, **(self.values | {"media": media}))


class Empty(ScherpError):
    """There is nothing in it. Values: name."""

    key = "empty"
    exit_code = ExitCode.EMPTY


class NothingPasted(Empty):
    """Nothing came in on standard input."""

    key = "nothing_pasted"


class NoMessages(Empty):
    """The form was recognised, but nobody wrote anything in it. Values: name, format."""

    key = "no_messages"


class Encrypted(ScherpError):
    """It is locked with a password or an encrypted backup. Values: name."""

    key = "encrypted"
    exit_code = ExitCode.ENCRYPTED


class TooLarge(ScherpError):
    """It is larger than we read at once. Values: name, size, limit."""

    key = "too_large"
    exit_code = ExitCode.TOO_LARGE


class ZipBomb(TooLarge):
    """An archive that unpacks to far more than it holds. Values: name, limit."""

    key = "zip_bomb"


class TooManyFiles(TooLarge):
    """An archive or folder with more files than any export has. Values: name, limit."""

    key = "too_many_files"


class NotText(ScherpError):
    """It is a picture, a program, a database or something else that is not text. Values: name."""

    key = "not_text"
    exit_code = ExitCode.NOT_TEXT


class OtherArchive(NotText):
    """It is packed in a way that we do not unpack (7z, rar, gz, a rare kind of zip). Values: name."""

    key = "other_archive"


class WrongEncoding(ScherpError):
    """The text is not UTF-8 or UTF-16. Values: name, line."""

    key = "wrong_encoding"
    exit_code = ExitCode.WRONG_ENCODING


class Damaged(ScherpError):
    """It was recognised but is cut off or broken. Values: name, format, line."""

    key = "damaged"
    exit_code = ExitCode.DAMAGED


class DamagedArchive(Damaged):
    """A zip that cannot be unpacked. Values: name."""

    key = "damaged_archive"


class BadWritten(Damaged):
    """A conversation of our own that is not in its form. Values: name, line; `problem` says which rule it breaks."""

    key = "bad_written"

    def __init__(self, problem: str = "line", **values: object) -> None:
        super().__init__(**values)
        self.problem = problem

    def say(self, language: Language) -> str:
        """Tell the person which rule of the form is broken, and where."""
        problem = say(f"errors.bad_written_{self.problem}", language)
        return say("errors.bad_written", language, **(self.values | {"problem": problem}))


class NoCases(Empty):
    """Nothing in it is a conversation with a label, so there is nothing to measure. Values: name."""

    key = "no_cases"


class NoLabels(NotFound):
    """The list that says who is who does not lie beside a corpus. Values: name."""

    key = "no_labels"


class UnsafeArchive(ScherpError):
    """An archive that points outside itself. Values: name, member."""

    key = "unsafe_archive"
    exit_code = ExitCode.UNSAFE_ARCHIVE


class NoSuchConversation(ScherpError):
    """No conversation of that name, or several. Values: wanted, names."""

    key = "no_such_conversation"
    exit_code = ExitCode.NO_SUCH_CONVERSATION


class SeveralConversations(NoSuchConversation):
    """There are several conversations and none was chosen. Values: names."""

    key = "several_conversations"


class NoSuchSpeaker(ScherpError):
    """`--child` names nobody in this conversation. Values: wanted, names."""

    key = "no_such_speaker"
    exit_code = ExitCode.NO_SUCH_SPEAKER


class NotPermitted(ScherpError):
    """An option that only a professional may use. Values: option."""

    key = "not_permitted"
    exit_code = ExitCode.NOT_PERMITTED


class NotWritten(ScherpError):
    """The output could not be written. Values: name."""

    key = "not_written"
    exit_code = ExitCode.NOT_WRITTEN


class NoSuchSign(ScherpError):
    """No sign of that id. Values: wanted, close."""

    key = "no_such_sign"
    exit_code = ExitCode.NO_SUCH_SIGN


class NeedsExtra(ScherpError):
    """A part that is installed separately is missing. Values: extra, what."""

    key = "needs_extra"
    exit_code = ExitCode.NEEDS_EXTRA


class NotAPackage(UnknownFormat):
    """It is no package of a case handed over. Values: name."""

    key = "not_a_package"


class PackageDamaged(Damaged):
    """A package that cannot be opened: cut off, changed, locked, or packed as we never pack. Values: name."""

    key = "package_damaged"


class PackageTooLarge(TooLarge):
    """A package that is, or unpacks to, more than any package. Values: name, limit."""

    key = "package_too_large"


class PackageUnsafe(UnsafeArchive):
    """A package that points outside itself. Values: name, member."""

    key = "package_unsafe"


class EnclosureChanged(Damaged):
    """An original is no longer what it was when it came in. Values: name."""

    key = "enclosure_changed"


class EnclosureNotText(NotText):
    """An original that is not a text export, or that holds a picture or sound within it. Values: name."""

    key = "enclosure_not_text"


class EnclosuresTooLarge(TooLarge):
    """More originals than one package takes. Values: size, limit, count, most."""

    key = "enclosures_too_large"


class NotAKey(ScherpError):
    """It is neither a whole fingerprint nor a key that we know (Ed25519, PEM). Values: name."""

    key = "not_a_key"
    exit_code = ExitCode.NOT_A_KEY


class PassphraseWrong(NotAKey):
    """The key is locked, and the passphrase does not open it. Values: name."""

    key = "passphrase_wrong"


class FolderTaken(NotWritten):
    """The folder to unpack in is there already, and not empty. Values: name."""

    key = "folder_taken"
