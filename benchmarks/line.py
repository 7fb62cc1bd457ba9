"""How the help line holds with a thousand open talks: from send to seen, and whether anything is lost.

Run: .venv/bin/python benchmarks/line.py        (writes benchmarks/line.md; three minutes; fewer talks: --talks 500)

A real PostgreSQL with everything kept (fsync on), the two sites as they are deployed (gunicorn, each as its own
database role), and this process as a thousand young people and their counsellors on loopback, all on the same two
cores. A counsellor has three talks, and the page of one of them open. Each talk gets a message every ten seconds, by
turns from each side.
"Seen" is when a live page has the message: that of the young person always, that of the counsellor for the open talk.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import pathlib
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from machine import counting

if TYPE_CHECKING:
    from collections.abc import Callable

    from scherp.web.talks.actions import Counsellor

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
TALKS, EACH, EVERY, LASTS = 1_000, 3, 10.0, 60.0
"""Open talks; talks of one counsellor; seconds between two messages of a talk; seconds that it lasts."""
PARTS: dict[str, int] = {"the visitors": os.getpid()}
"""What runs, and the process that it and its children are."""
BAR = 0.3
"""Seconds from send to seen, for 95 of 100 messages (issue 5)."""


@dataclass
class Seat:
    """One side of one talk: how it sends, and what it has seen."""

    talk: str
    cookie: str
    form: str
    seen: dict[str, float] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    open: bool = False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--talks", type=int, default=TALKS)
    parser.add_argument("--seconds", type=float, default=LASTS)
    asked = parser.parse_args()
    with ExitStack() as stack:
        place = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scherp-load-")))
        ports = begin(stack, place)
        seats = made(asked.talks)
        counted = counting()
        found = asyncio.run(Load(ports, seats, asked.seconds).run())
        found |= {"counted": counted, "talks": asked.talks, "seconds": asked.seconds}
    report = "\n".join(written(found)) + "\n"
    print(report)
    name = "line.md" if asked.talks == TALKS else f"line_{asked.talks}.md"
    (ROOT / "benchmarks" / name).write_text(report, encoding="utf-8")


def begin(stack: ExitStack, place: pathlib.Path) -> dict[str, int]:
    """Start PostgreSQL and both sites; give their ports."""
    import postgres

    server = stack.enter_context(postgres.running(shared_buffers="256MB"))
    PARTS["PostgreSQL"] = server.process.pid
    for name in ("line", "staff"):
        server.ask(f"CREATE DATABASE {name} OWNER scherp_owner")
    ours = {"SCHERP_LOCAL": "1", "SCHERP_LOCAL_KEYS": str(place / "keys"), "SCHERP_STREAMS": "1000"}
    ours |= {"SCHERP_ASSETS": str(ROOT / "var/public"), "SCHERP_STAFF_ASSETS": str(ROOT / "var/staff")}
    (place / "line.toml").write_text(always_open(), encoding="utf-8")
    os.environ |= ours | {"SCHERP_LINE_FILE": str(place / "line.toml")}
    os.environ |= {"SCHERP_LINE_STORE": server.address("line"), "SCHERP_STAFF_STORE": server.address("staff")}
    os.environ["DJANGO_SETTINGS_MODULE"] = "scherp.web.staff_site.settings"
    manage = [sys.executable, ROOT / "manage.py", "staff"]
    for command in (["migrate"], ["migrate", "--database", "line"], ["grants"]):
        subprocess.run([*manage, *command, "--verbosity", "0"], check=True, stdout=subprocess.DEVNULL)
    ports = {}
    for site in ("public", "staff"):
        addresses = {
            f"SCHERP_{name.upper()}_STORE": server.address(name, f"scherp_{site}") for name in ("line", "staff")
        }
        ports[site] = free_port()
        call = [sys.executable, "-m", "gunicorn", f"scherp.web.{site}_site.wsgi", "--workers", "2", "--threads", "700"]
        call += [
            "--bind",
            f"127.0.0.1:{ports[site]}",
            "--no-control-socket",
            "--log-level",
            "warning",
            "--backlog",
            "4096",
        ]
        process = subprocess.Popen(call, env=os.environ | addresses, cwd=ROOT)
        PARTS[f"the {site} site"] = process.pid
        stack.callback(process.wait)
        stack.callback(process.terminate)
    time.sleep(4)
    return ports


def spent() -> dict[str, float]:
    """Give the seconds of processor that each part has used so far, its children included."""
    stats = [path.read_text(encoding="utf-8") for path in pathlib.Path("/proc").glob("[0-9]*/stat") if path.exists()]
    rows = [(int(one.split(" ", 1)[0]), one.rsplit(") ", 1)[1].split()) for one in stats]
    parents = {pid: int(row[1]) for pid, row in rows}
    found = dict.fromkeys(PARTS, 0.0)
    for pid, row in rows:
        above = pid
        while above > 1 and above not in PARTS.values():
            above = parents.get(above, 0)
        for name in (name for name, of in PARTS.items() if of == above):
            found[name] += (int(row[11]) + int(row[12])) / os.sysconf("SC_CLK_TCK")
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def always_open() -> str:
    said = (ROOT / "src/scherp/web/talks/line.toml").read_text(encoding="utf-8")
    head = said.partition("[[hours]]")[0].replace("waiting_at_most = 20", "waiting_at_most = 5000")
    days = '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'
    return f'{head}\n[[hours]]\ndays = {days}\nfrom = "00:00"\nto = "00:00"\n'


def made(talks: int) -> list[tuple[Seat, Seat]]:
    """Make the talks, each with a young person and a counsellor, straight in the store."""
    import django

    django.setup()
    from scherp.texts import Language
    from scherp.web.talks import actions
    from scherp.web.talks.opening import Opening
    from scherp.web.talks.secrets import keyed_hash

    counsellors = [signed_in(n) for n in range(-(-talks // EACH))]
    seats = []
    for n in range(talks):
        talk, secret = actions.open_talk(language=Language.NL, opening=Opening())
        by, cookie, form = counsellors[n % len(counsellors)]
        actions.take(talk=talk, by=by)
        young = Seat(str(talk.id), f"plek={secret}", keyed_hash("form", secret))
        seats.append((young, Seat(str(talk.id), cookie, form)))
    return seats


def signed_in(n: int) -> tuple[Counsellor, str, str]:
    """Make a counsellor who has signed in with both factors; give who, the cookies and the token of a form."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.test import Client

    from scherp.web.accounts.models import Member
    from scherp.web.talks.actions import Counsellor

    name = f"Hulpverlener {n}"
    rest = {"email": f"h{n}@load.example", "known_as": name, "roles": ["counsellor"], "talks_at_once": 50}
    member = Member.objects.create(name=name, **rest)
    TOTP.activate(member, generate_totp_secret())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    form = "f" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={form}"
    return Counsellor(member.pk, name), cookies, form


class Load:
    """A thousand pages that hear, and as many that send."""

    def __init__(self, ports: dict[str, int], seats: list[tuple[Seat, Seat]], lasts: float) -> None:
        self.ports, self.seats, self.lasts = ports, seats, lasts
        self.sent: dict[str, float] = {}
        self.acknowledged: set[str] = set()
        self.refused = self.cut = self.heard = 0
        self.waited: list[float] = []
        self.counts_from = 0.0

    async def run(self) -> dict[str, object]:
        hearing = []
        for young, _ in self.seats:  # people come one by one
            hearing.append(asyncio.create_task(self.hear_young(young)))
            await asyncio.sleep(0.02)
        on_screen = {desk.cookie: desk for _, desk in self.seats}
        for desk in on_screen.values():
            hearing.append(asyncio.create_task(self.hear_desk(desk)))
            await asyncio.sleep(0.06)
        await asyncio.sleep(5)
        print(f"{self.heard} pages are live", file=sys.stderr)
        self.counts_from = time.monotonic() + EVERY
        begun, used = time.monotonic(), spent()
        await asyncio.gather(*(self.talk(young, desk) for young, desk in self.seats))
        lasted = time.monotonic() - begun
        cores = {name: (now - used[name]) / lasted for name, now in spent().items()}
        await asyncio.sleep(5)
        for task in hearing:
            task.cancel()
        return self.found(lasted) | {"cores": cores}

    async def talk(self, young: Seat, desk: Seat) -> None:
        await asyncio.sleep(random.random() * EVERY)  # noqa: S311  no secret
        ends = time.monotonic() + EVERY + self.lasts
        turn = random.randrange(2)  # noqa: S311  in some talks it is one's turn, in others the other's
        while time.monotonic() < ends:
            began = time.monotonic()
            await (self.send_young(young) if turn % 2 == 0 else self.send_desk(desk))
            turn += 1
            await asyncio.sleep(max(0, EVERY - (time.monotonic() - began)))

    async def send_young(self, seat: Seat) -> None:
        key = str(uuid.uuid4())
        body = json.dumps({"key": key, "words": f"bericht {key}"})
        head = {"Content-Type": "application/json", "X-Form": seat.form, "Sec-Fetch-Site": "same-origin"}
        self.sent[key] = time.monotonic()
        self.note(key, await self.post("public", "/nl/praten/gesprek/bericht/", head | {"Cookie": seat.cookie}, body))

    async def send_desk(self, seat: Seat) -> None:
        key = str(uuid.uuid4())
        body = json.dumps({"key": key, "words": f"bericht {key}"})
        head = {"Content-Type": "application/json", "X-CSRFToken": seat.form, "Accept": "application/json"}
        head |= {"Origin": f"http://127.0.0.1:{self.ports['staff']}", "Cookie": seat.cookie}
        self.sent[key] = time.monotonic()
        self.note(key, await self.post("staff", f"/desk/talk/{seat.talk}/message/", head, body))

    async def post(self, site: str, path: str, head: dict[str, str], body: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.ports[site])
        head |= {"Host": f"127.0.0.1:{self.ports[site]}", "Content-Length": str(len(body)), "Connection": "close"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        writer.write(f"POST {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
        answer = await reader.read()
        writer.close()
        return answer

    def note(self, key: str, answer: bytes) -> None:
        if b" 200 " in answer[:20] or b" 201 " in answer[:20]:
            self.acknowledged.add(key)
            return
        self.refused += 1
        if self.refused == 1:
            print(answer[:300].decode(errors="replace"), file=sys.stderr)

    async def hear_young(self, seat: Seat) -> None:
        seat.open = True
        await self.hear("public", "/nl/praten/gesprek/nieuws/", seat.cookie, lambda _data: seat)

    async def hear_desk(self, seat: Seat) -> None:
        seat.open = True
        path = f"/desk/news/?show={seat.talk}"
        await self.hear("staff", path, seat.cookie, lambda data: seat if data.get("talk") == seat.talk else None)

    async def hear(self, site: str, path: str, cookie: str, whose: Callable[[Any], Seat | None]) -> None:
        place = ""
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.ports[site], limit=2**22)
            head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.ports[site]}\r\nAccept: text/event-stream\r\n"
            writer.write(f"{head}Cookie: {cookie}\r\nLast-Event-ID: {place}\r\n\r\n".encode())
            name = ""
            while line := await reader.readline():
                if line.startswith(b"id: "):
                    place = line[4:].strip().decode()
                elif line.startswith(b"event: "):
                    self.heard += not name
                    name = line[7:].strip().decode()
                elif line.startswith(b"data: ") and name == "message":
                    self.see(json.loads(line[6:]), whose)
            self.cut += 1
            writer.close()
            await asyncio.sleep(0.5)

    def see(self, data: dict[str, Any], whose: Callable[[Any], Seat | None]) -> None:
        seat = whose(data)
        if seat is None:
            return
        seat.numbers.append(data["number"])
        key = str(data.get("words", "")).removeprefix("bericht ")
        if key in self.sent:
            now = time.monotonic()
            seat.seen[key] = now
            if self.sent[key] >= self.counts_from:
                self.waited.append(now - self.sent[key])

    def found(self, lasted: float) -> dict[str, object]:
        lost = twice = disorder = 0
        for pair in self.seats:
            keys = {key for seat in pair for key in seat.seen}
            for seat in (one for one in pair if one.open):
                lost += sum(key not in seat.seen for key in keys)
                twice += len(seat.numbers) - len(set(seat.numbers))
                disorder += seat.numbers != sorted(seat.numbers)
        unseen = sum(1 for key in self.acknowledged if not any(key in s.seen for p in self.seats for s in p))
        waited = sorted(self.waited)
        return {
            "sent": len(self.sent),
            "acknowledged": len(self.acknowledged),
            "refused": self.refused,
            "lost": lost + unseen,
            "twice": twice,
            "disorder": disorder,
            "cut": self.cut,
            "lasted": lasted,
            "shares": {share: waited[int(len(waited) * share)] if waited else 0.0 for share in (0.5, 0.95, 0.99)},
            "worst": max(waited, default=0.0),
        }


def written(found: dict[str, Any]) -> list[str]:
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    half, most, nearly = (f"{seconds * 1000:.0f} ms" for seconds in found["shares"].values())
    whole = found["acknowledged"] == found["sent"] and not found["lost"] and not found["twice"]
    rows = [
        ("messages sent", f"{found['sent']:,}"),
        ("acknowledged; refused", f"{found['acknowledged']:,}; {found['refused']:,}"),
        ("from send to seen: half within", half),
        (f"95 of 100 within (bar: {BAR * 1000:.0f} ms)", most),
        ("99 of 100 within; the slowest", f"{nearly}; {found['worst'] * 1000:.0f} ms"),
        ("acknowledged and not seen by both sides", f"{found['lost']:,}"),
        ("told twice; pages with messages out of order", f"{found['twice']:,}; {found['disorder']:,}"),
        ("live pages that were cut and came back", f"{found['cut']:,}"),
    ]
    return [
        "# The help line under load",
        "",
        f"Made by `.venv/bin/python benchmarks/line.py --talks {found['talks']}` on {dt.datetime.now(dt.UTC).date()}, "
        f"Python "
        f"{platform.python_version()}, {os.cpu_count()} cores of {cpu}, on which PostgreSQL, both sites and all their",
        f"visitors run together. To count to five million took {found['counted']:.2f} s just before:",
        "it has slow hours, in which all waits are longer.",
        "",
        f"{found['talks']:,} open talks, {-(-found['talks'] // EACH)} counsellors with {EACH} each and the page of one",
        f"open, a message every {EVERY:.0f} s in each talk, by turns from each side, for {found['lasted']:.0f} s:",
        f"{found['sent'] / found['lasted']:.0f} messages a second.",
        "",
        "The waits are those after the first round of messages, in which every session is kept anew at once.",
        "",
        "| | |",
        "|---|---:|",
        *(f"| {name} | {value} |" for name, value in rows),
        *(f"| processor: {name} | {cores:.2f} cores |" for name, cores in found["cores"].items()),
        "",
        f"Verdict: {'reached' if whole and found['shares'][0.95] < BAR else 'not reached'}.",
    ]


if __name__ == "__main__":
    main()
