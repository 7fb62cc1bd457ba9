"""`scherp score` and `scherp read`: the bulk interface."""

from __future__ import annotations

import gzip
import json

import pytest
from bulk_lines import HARMLESS, RISKY, SHORT, line_of

from scherp.cli import score
from scherp.errors import ExitCode, NotLines
from scherp.texts import Language

FIELDS = ["id", "level", "risk", "alarm_at", "urgent_at", "steering", "tempo_hours", "signs"]


@pytest.fixture
def judged(scherp, tmp_path):
    """Give content, get the exit code and the answers."""

    def run(content, *words, name="in.jsonl"):
        source, target = tmp_path / name, tmp_path / "out.jsonl"
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = scherp("score", source, "-o", target, *words)
        rows = target.read_text(encoding="utf-8").split("\n")[:-1] if target.exists() else []
        return said, [json.loads(row) for row in rows]

    return run


def test_every_conversation_gets_its_answer_in_its_place(judged):
    ids = ["b", "a", 7, None, "é🙂", "07", ""]
    said, answers = judged("\n".join(line_of(name, *HARMLESS) for name in ids))
    assert said.code == 0
    assert [answer["id"] for answer in answers] == ids
    assert all(list(answer) == FIELDS for answer in answers)


def test_the_answers_say_who_how_fast_and_why(judged):
    _, (risky, harmless, short) = judged("\n".join([line_of(1, *RISKY), line_of(2, *HARMLESS), line_of(3, *SHORT)]))
    assert risky["level"] in ("concern", "urgent")
    assert risky["steering"] == "Kim"
    assert 0 <= risky["tempo_hours"] < 1
    assert risky["alarm_at"] < len(RISKY)
    assert {"sign", "message", "author", "strength"} == set(risky["signs"][0])
    assert (harmless["level"], harmless["steering"]) == ("none", None)
    assert (short["level"], short["risk"]) == (None, None)


def test_bad_lines_are_answered_and_the_run_goes_on(judged):
    lines = [
        line_of("one", *HARMLESS), "{no json", '{"id": "x", "messages": 3}', '{"id": [1], "messages": []}', "[]",
        "null",
        '{"id": "y", "messages": [{"text": 5}]}', '{"messages": [', "[" * 100_000, line_of("two", *HARMLESS),
    ]  # fmt: skip
    said, answers = judged("\n".join(lines))
    assert said.code == ExitCode.SOME_LINES_UNREAD
    assert len(answers) == len(lines)
    assert [answer["id"] for answer in answers if "error" not in answer] == ["one", "two"]
    assert all(set(answer) == {"id", "error"} for answer in answers[1:-1])
    assert [answer["id"] for answer in answers[1:-1]] == [None, "x", None, None, None, "y", None, None]


@pytest.mark.parametrize("bad", ["{", "[]", '{"id": 1}', '{"id": 1, "messages": [{"text": 5}]}'])
def test_the_error_of_a_line_is_for_programs_and_the_same_in_every_language(judged, bad):
    assert judged(bad, "--lang", "nl")[1] == judged(bad, "--lang", "en")[1]


def test_an_error_holds_no_message_text(judged):
    said, answers = judged('{"id": 1, "messages": [{"text": "geheim", "author": 4}]}\n{"id": 2, "geheim": ')
    assert "geheim" not in json.dumps(answers) + said.err


def test_blank_lines_are_no_conversations_and_a_byte_order_mark_no_letter(judged):
    said, answers = judged(
        b"\xef\xbb\xbf" + line_of(1, *HARMLESS).encode() + b"\n\n  \r\n" + line_of(2).encode() + b"\r\n"
    )
    assert said.code == 0
    assert [answer["id"] for answer in answers] == [1, 2]


def test_bytes_that_are_no_utf8_make_a_bad_line(judged):
    said, answers = judged(b'{"id": 1, "messages": [{"text": "\xff\xfe"}]}\n' + line_of(2, *HARMLESS).encode())
    assert said.code == ExitCode.SOME_LINES_UNREAD
    assert "error" in answers[0]
    assert answers[1]["id"] == 2


def test_an_over_long_line_is_answered_and_the_next_is_read(judged, monkeypatch):
    monkeypatch.setattr(score, "_LONGEST_LINE", 2000)
    long = line_of("long", *[("Kim", "x" * 100)] * 60)
    said, answers = judged("\n".join([line_of(1, *SHORT), long, line_of(2, *SHORT), long]))
    assert said.code == ExitCode.SOME_LINES_UNREAD
    assert [answer["id"] for answer in answers] == [1, None, 2, None]


def test_odd_text_is_text(judged):
    odd = ["", " ", "\u2028\u2029\x85", "\x00\x1b", "🏳️‍🌈", "[explicit]", "\ud83d", "ﬀ" * 50, "\u202e"]
    content = json.dumps(
        {"id": "\ud83dx", "messages": [{"author": "Ki\udc00m", "text": text, "time": None} for text in odd]}
    )
    said, answers = judged(content)
    assert said.code == 0
    assert len(answers) == 1


def test_the_trajectory_has_one_risk_a_message(judged):
    _, (risky, short) = judged(f"{line_of(1, *RISKY)}\n{line_of(2, *SHORT)}", "--trajectory")
    assert len(risky["trajectory"]) == len(RISKY)
    assert max(now for now in risky["trajectory"] if now is not None) == risky["risk"]
    assert short["trajectory"] == [None, None]


def test_a_packed_file_gives_the_same(judged):
    content = "\n".join([line_of(1, *RISKY), line_of(2, *HARMLESS)])
    assert judged(gzip.compress(content.encode()), name="in.jsonl.gz")[1] == judged(content)[1]


@pytest.mark.parametrize("spoil", [lambda data: data[:-12], lambda data: data[: len(data) // 2], lambda _: b"no gz",
                                   lambda data: data[:60] + b"\x00\xff" * 20 + data[100:]])  # fmt: skip
def test_a_broken_packed_file_is_told_and_nothing_is_written(judged, spoil):
    rows = "\n".join(line_of(f"{n * 7919 % 1009}", *RISKY[: n % 9]) for n in range(200))
    said, answers = judged(spoil(gzip.compress(rows.encode())), name="in.jsonl.gz")
    assert said.code == ExitCode.DAMAGED
    assert "Traceback" not in said.err
    assert answers == []


def test_what_is_not_there_is_told(scherp, tmp_path):
    assert scherp("score", tmp_path / "none.jsonl").code == ExitCode.NOT_FOUND


def test_an_output_that_cannot_be_written_keeps_what_was_there(scherp, risky, tmp_path):
    assert scherp("score", risky, "-o", tmp_path / "no" / "out.jsonl").code == ExitCode.NOT_WRITTEN
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    assert scherp("score", tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl").code == ExitCode.NOT_FOUND
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"


def test_it_reads_standard_input_and_pipes(shell, risky):
    through = shell(f"cat {risky} | scherp score -")
    assert json.loads(through.out)["steering"] == "Kim"
    assert through.err == ""
    assert shell(f"scherp score <(cat {risky}) -o /dev/stdout").out.startswith('{"id"')


def test_what_read_writes_score_judges_alike(scherp, account, tmp_path):
    assert scherp("read", account, "-o", tmp_path / "read.jsonl").code == 0
    assert scherp("score", tmp_path / "read.jsonl").out == scherp("score", account).out


def test_read_says_how_much_it_read_unless_quiet(scherp, account):
    assert "3" in scherp("read", account).err
    assert scherp("read", account, "-q").err == ""
    one = scherp("read", account, "--with", "Kim")
    assert [json.loads(row)["id"] for row in one.out.splitlines()] == ["Kim"]


def test_quiet_says_nothing(judged):
    assert judged(line_of(1, *HARMLESS), "-q")[0] == (0, "", "")
    assert "1" in judged(line_of(1, *HARMLESS))[0].err


@pytest.mark.parametrize("what", ["a folder", "a zip"])
def test_an_export_is_not_judged_as_lines_but_pointed_to_read(what, tmp_path):
    import zipfile

    source = tmp_path / "chat"
    if what == "a folder":
        source.mkdir()
    else:
        with zipfile.ZipFile(source, "w") as packed:
            packed.writestr("chat.txt", "13-03-2024 14:30 - Kim: hoi")
    with pytest.raises(NotLines) as refusal:
        score.run(str(source), tmp_path / "out.jsonl", trajectory=False, quiet=True, language=Language.NL)
    assert "scherp read" in refusal.value.say(Language.NL)
    assert not (tmp_path / "out.jsonl").exists()
