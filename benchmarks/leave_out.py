"""How far the learned words travel: each outside register left out of training, and then measured on it.

Run: make leave-out        (writes benchmarks/leave_out.md; needs the measuring data; some minutes)

For every register that is learned from, the words are learned again without it, and whole grooming chats are held
against its harmless pieces that nothing was learned from, at equal exposure. All else stays as shipped. This is what to
expect of a register that nobody has seen. Counts only.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import sys
from concurrent.futures import ProcessPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import Message  # noqa: E402  after the path
from scherp.evaluation.datasets import load  # noqa: E402
from scherp.evaluation.metrics import Ranking  # noqa: E402
from scherp.evaluation.registers import PIECE, Register, pieces, renumbered  # noqa: E402
from scherp.scoring.model import Model, make_model, packaged_model, packaged_weights  # noqa: E402
from scherp.scoring.run import score_messages  # noqa: E402
from scherp.scoring.words import Words  # noqa: E402
from scherp.signs.vocabulary import signs  # noqa: E402
from scherp.training.contrasts import learned  # noqa: E402
from scherp.training.packing import tables  # noqa: E402
from scherp.training.said import HARMLESS, examples, ours, outside  # noqa: E402

Messages = tuple[Message, ...]
LEFT_OUT = {Register.SMS: "sms", Register.TOPICAL: "topical", Register.IRC: "irc"}
EXPOSURES = (20, 50, 100)
FEWEST = 5


def main() -> None:
    if not DATA.is_dir():
        print("The measuring data does not lie beside the project (../shared/data): nothing is measured or written.")
        return
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(without, LEFT_OUT))
    rows = [
        f"| {register} | {k} | {shipped} | {apart} | {counts} |"
        for register, measured in zip(LEFT_OUT, found, strict=True)
        for k, shipped, apart, counts in measured
    ]
    page = [
        "# How far the learned words travel",
        "",
        f"Made by `make leave-out` on {dt.datetime.now(dt.UTC).date()}. AUC of whole grooming chats against harmless "
        "pieces of a register at equal exposure: as shipped (half of the register was learned from, the other half is "
        "measured), and with the register left out of training altogether.",
        "",
        "| register | messages | as shipped | never seen | grooming : harmless |",
        "|---|---:|---:|---:|---|",
        *rows,
        "",
        "A register that was never seen can look like what was: private messages between people who know each other "
        "above all. Who uses Scherp on text of another kind measures it there first: "
        "[evaluate on your own data](../docs/how-to/evaluate-on-your-own-data.md).",
    ]
    (ROOT / "benchmarks/leave_out.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


def without(register: Register) -> list[tuple[int, str, str, str]]:
    """Learn without a register, then measure on it: (messages, as shipped, never seen, counts)."""
    said = [
        one for one in (*outside(DATA), *ours(CORPUS), *examples()) if one.words and one.source != LEFT_OUT[register]
    ]
    apart = make_model(signs(), packaged_weights(), Words(tables(learned(said))))
    loaded = load([DATA / "grooming_conversations_en.jsonl.gz", DATA / file_of(register)])
    risky = [case.messages[: max(EXPOSURES)] for case in loaded.cases if case.risky]
    harmless = [
        renumbered(case.messages[begin:end][: max(EXPOSURES)])
        for case in loaded.cases
        if not case.risky
        for begin, end in pieces(case.messages, PIECE)
    ]
    return [row for k in EXPOSURES if (row := compared(k, risky, harmless, apart)) is not None]


def file_of(register: Register) -> str:
    return next(name for source, name in HARMLESS.items() if source == LEFT_OUT[register])


def compared(k: int, risky: list[Messages], harmless: list[Messages], apart: Model) -> tuple[int, str, str, str] | None:
    sides = [[messages for messages in side if len(messages) >= k] for side in (risky, harmless)]
    if min(map(len, sides)) < FEWEST:
        return None
    values = [
        Ranking(*([score_messages(messages[:k], model=model).risk for messages in side] for side in sides)).auc()
        for model in (packaged_model(), apart)
    ]
    return k, f"{values[0]:.3f}", f"{values[1]:.3f}", f"{len(sides[0])} : {len(sides[1])}"


if __name__ == "__main__":
    main()
