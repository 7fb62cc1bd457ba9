"""Exports from other projects' test suites, read as their makers expect; the samples lie beside the project.

A sample passes when the authored messages are as many as expected; where the manifest does not say, when authored
and system messages together are as many as the lines that begin a message.
"""

import csv
import operator
from collections import Counter
from pathlib import Path

import pytest

from scherp.reading import all_conversations, open_bytes
from scherp.reading.export import authored

EXPORTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "exports"
MANIFEST = EXPORTS / "manifest.tsv"
SUMMED = "threema"  # one backup, of two files

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.is_file(), reason="the measuring data is not beside the project"),
]


def rows():
    if not MANIFEST.is_file():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t"))
    sources = Path(EXPORTS, "inline_tests_src").name
    usable = [row for row in found if row["expected_messages"] or row["header_lines"]]
    return [row for row in usable if not row["file"].startswith(sources)]


def counted(row):
    """Give how many messages were authored, and how many were the app's own lines."""
    path = EXPORTS / row["file"]
    messages = [m for c in all_conversations(open_bytes(path.name, path.read_bytes())) for m in c.messages]
    return Counter(authored=authored(messages), system=len(messages) - authored(messages))


def holds(count, expected):
    """Tell whether a count is as expected: `6`, `>10`, or `>=10000 (2 chats)`."""
    expected = expected.split(" (")[0]
    for sign, compare in ((">=", operator.ge), (">", operator.gt)):
        if expected.startswith(sign):
            return compare(count, int(expected.removeprefix(sign)))
    return count == int(expected)


@pytest.mark.parametrize("row", [r for r in rows() if r["platform"] != SUMMED], ids=operator.itemgetter("file"))
def test_a_sample_has_as_many_messages_as_its_maker_counted(row):
    count = counted(row)
    if row["expected_messages"]:
        assert holds(count["authored"], row["expected_messages"])
    if row["header_lines"]:
        assert holds(count.total(), row["header_lines"])


def test_the_files_of_one_backup_are_counted_together():
    parts = [row for row in rows() if row["platform"] == SUMMED]
    assert len(parts) == 2
    assert holds(sum(counted(row)["authored"] for row in parts), parts[0]["expected_messages"])
