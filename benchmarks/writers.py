"""How far what is learned travels to another writer: our own conversations of one writer, by weights without them.

Run: make leave-out        (writes benchmarks/writers.md; needs the measuring data; some minutes)

A conversation that somebody wrote is more like what they wrote beside it than like what others write. So for each
writer of the second round (`corpus/writers.toml`) words are learned anew from everybody else, and measured on all that
this writer wrote. No pattern was made for these either. Levels and the rest stay as shipped. All of it is synthetic.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(ROOT / "src"))

from scherp.evaluation.figures import Figure  # noqa: E402  after the path
from scherp.evaluation.intervals import clopper, ranking  # noqa: E402
from scherp.evaluation.metrics import Ranking  # noqa: E402
from scherp.evaluation.tables import with_interval  # noqa: E402
from scherp.evaluation.written import read_folder  # noqa: E402
from scherp.scoring.model import make_model, packaged_weights  # noqa: E402
from scherp.scoring.run import score_messages  # noqa: E402
from scherp.scoring.words import Words, packaged_tables  # noqa: E402
from scherp.signs.vocabulary import signs  # noqa: E402
from scherp.texts import Language  # noqa: E402
from scherp.training.contrasts import Table  # noqa: E402
from scherp.training.packing import table  # noqa: E402
from scherp.training.said import examples, ours, outside  # noqa: E402

EARLY = 20
"""Messages."""
NAMES = {Language.NL: "Dutch", Language.EN: "English"}


class Judged(NamedTuple):
    """A conversation of a writer of whom nothing was learned. early, whole: the highest risk in it; None: cannot say.

    alarm, in_time: whether the level reached `concern`, and before the first request.
    """

    lang: Language
    risky: bool
    early: float | None
    whole: float | None
    alarm: bool
    in_time: bool


def main() -> None:
    if not DATA.is_dir():
        print("The measuring data does not lie beside the project (../shared/data): nothing is measured or written.")
        return
    writers = tomllib.loads((CORPUS / "writers.toml").read_text(encoding="utf-8"))["writer"]
    with ProcessPoolExecutor(2) as pool:
        judged = [one for found in pool.map(of_one, writers) for one in found]
    page = [
        "# How far what is learned travels to another writer (synthetic)",
        "",
        f"Made by `make leave-out` on {dt.datetime.now(dt.UTC).date()}. Our own conversations of the second round, "
        f"risky against hard harmless. Words were learned without whoever wrote the conversation ({len(writers)} "
        "writers in turn); no pattern was made for any of them; levels as shipped.",
        "",
        "| language | risky : hard | AUC, whole | AUC, 20 messages | found at 1 false in 100 | alarm | before the "
        "first request | false `concern` |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(row(lang, [one for one in judged if one.lang is lang]) for lang in Language),
    ]
    (ROOT / "benchmarks/writers.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


def of_one(writer: dict[str, object]) -> list[Judged]:
    """Learn the writer's language without them, and judge all that they wrote."""
    lang, files = Language(writer["lang"]), writer["files"]
    written = [one for one in read_folder(CORPUS) if one.lang is lang and one.file in files]
    theirs = {one.id for one in written}
    said = [one for one in (*outside(DATA), *ours(CORPUS), *examples()) if one.words and one.lang is lang]
    learned = table(Table([one for one in said if one.person not in theirs]).contrasts(lang))
    model = make_model(signs(), packaged_weights(), Words(packaged_tables()._replace(**{lang.value: learned})))
    found = []
    for one in written:
        whole = score_messages(one.messages, model=model)
        early = score_messages(one.messages[:EARLY], model=model).risk
        asked, at = one.first_request, whole.alarm_at
        in_time = at is not None and asked is not None and at < asked
        found.append(Judged(lang, one.risky, early, whole.risk, at is not None, in_time))
    return found


def row(lang: Language, judged: list[Judged]) -> str:
    risky, hard = ([one for one in judged if one.risky is kind] for kind in (True, False))
    whole, early = (
        Ranking([getattr(one, part) for one in risky], [getattr(one, part) for one in hard])
        for part in ("whole", "early")
    )
    n, whole_auc, early_auc = len(risky) + len(hard), whole.auc() or 0.0, early.auc() or 0.0
    aucs = [Figure(auc, ranking(auc, len(risky), len(hard)), n, n) for auc in (whole_auc, early_auc)]
    shares = [
        share(round((whole.recall() or 0.0) * len(risky)), len(risky)),
        share(sum(one.alarm for one in risky), len(risky)),
        share(sum(one.in_time for one in risky), len(risky)),
        share(sum(one.alarm for one in hard), len(hard)),
    ]
    told = [with_interval(auc, Language.EN, digits=3) for auc in aucs]
    told += [with_interval(one, Language.EN) for one in shares]
    return f"| {NAMES[lang]} | {len(risky)} : {len(hard)} | " + " | ".join(told) + " |"


def share(hits: int, n: int) -> Figure:
    return Figure(hits / n, clopper(hits, n), n, n)


if __name__ == "__main__":
    main()
