"""What every reader obeys, whatever it is given. A new reader comes under these laws by standing in READERS.

Its sample stands in `tests/reading/samples/NAME/`: a small invented chat in its form.
"""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scherp.conversation import Kind
from scherp.errors import ScherpError
from scherp.reading import open_bytes, open_exports
from scherp.reading.detect import READERS
from scherp.reading.export import DateOrder, Document, Export, NotThisFormat, Options

SAMPLES = Path(__file__).parents[1] / "reading" / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]

every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def parts_of(value):
    """Give a JSON value and all that is in it."""
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts_of(inner)


def as_json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


JSON_SAMPLES = [value for text in TEXTS if (value := as_json(text)) is not None]


@st.composite
def spoiled_json(draw):
    """A sample in which some value, anywhere, is something else or gone: right in shape, wrong inside."""
    value = json.loads(json.dumps(draw(st.sampled_from(JSON_SAMPLES))))
    for _ in range(draw(st.integers(1, 4))):
        holders = [part for part in parts_of(value) if isinstance(part, dict | list) and part]
        if not holders:
            break
        holder = holders[draw(st.integers(0, len(holders) - 1))]
        place = draw(st.sampled_from(sorted(holder))) if isinstance(holder, dict) else 0
        if draw(st.booleans()):
            del holder[place]
        else:
            holder[place] = draw(anything)
    return json.dumps(value)


@st.composite
def spoiled_text(draw):
    """A sample with lines gone, doubled, moved or filled with something else."""
    lines = draw(st.sampled_from(TEXTS)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        lines[place : place + 1] = draw(
            st.sampled_from([[], [lines[place]] * 2, [lines[place][:5]], [lines[-1], lines[place]]])
            | st.text(max_size=30).map(lambda text: [text])
        ) or ["\n"]
    return "".join(lines)


def read(reader, text, options):
    """Give the export, or nothing when the reader refuses as it may."""
    try:
        return reader.read([Document("x", text)], options)
    except (NotThisFormat, ScherpError):
        return None


def check(export):
    """An export is what `export.py` says it is."""
    assert isinstance(export, Export)
    assert export.conversations
    for conversation in export.conversations:
        messages = conversation.messages
        assert messages
        assert [m.number for m in messages] == list(range(len(messages)))
        assert len({m.time.tzinfo is None for m in messages if m.time}) <= 1
        assert all(m.author is None for m in messages if m.kind is Kind.SYSTEM)
        assert all(m.author != "" for m in messages)
        assert all(m.reply_to is None or 0 <= m.reply_to < len(messages) for m in messages)
        assert not (conversation.times_trusted and any(m.time is None for m in messages))
        assert isinstance(conversation.name, str)


texts = st.text() | anything.map(json.dumps) | spoiled_json() | spoiled_text()
orders = st.sampled_from([None, *DateOrder])


@every_reader
def test_each_has_a_sample(reader):
    assert any((SAMPLES / reader.name).iterdir())


@every_reader
@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_looking_never_fails_and_says_yes_or_no(reader, text):
    assert reader.recognises(Document("x", text)) in (True, False)
    assert isinstance(reader.recognises(Document("x", text)), bool)


@every_reader
@given(text=texts, order=orders)
@settings(max_examples=120, deadline=None)
def test_reading_gives_a_sound_export_or_says_what_is_wrong(reader, text, order):
    export = read(reader, text, Options(order))
    if export is not None:
        check(export)


@every_reader
def test_its_sample_is_read_by_it_and_nobody_else(reader):
    exports = open_exports(str(SAMPLES / reader.name))
    assert [export.format for export in exports] == [reader.name]
    check(exports[0])
    assert (exports[0].ignored, exports[0].unplaced, exports[0].unreadable) == ((), (), 0)
    assert sum(m.author is not None for c in exports[0].conversations for m in c.messages) >= 2


@every_reader
def test_the_same_documents_give_the_same_export(reader):
    assert open_exports(str(SAMPLES / reader.name)) == open_exports(str(SAMPLES / reader.name))


def spoil(data, chance):
    """Truncate, drop, double, flip or replace bytes, a few times."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        length = chance.choice([1, 1, 2, 7, 40])
        piece = data[start : start + length]
        data[start : start + length] = chance.choice(
            [b"", piece * 2, bytes(b ^ 0x20 for b in piece), bytes(chance.randrange(256) for _ in piece), b"\x00"]
        )
        if chance.random() < 0.2:
            del data[start:]
    return bytes(data)


def zipped(path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    return held.getvalue()


@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "in a zip"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_a_spoiled_file_is_read_or_refused_in_words(path, packed):
    chance = random.Random(2024)  # noqa: S311  the same mistakes every time
    whole = zipped(path) if packed else path.read_bytes()
    refusals, exports = [], []
    for _ in range(150):
        try:
            exports += open_bytes(path.name, spoil(whole, chance))
        except ScherpError as refusal:
            refusals.append(str(refusal))
    for export in exports:
        check(export)
    assert all(refusals)
    # Then both happened: the mistakes were neither all harmless nor all fatal
    assert refusals
    assert exports or packed
