#!/usr/bin/env python3
"""Pulls the plug (`kill -9`) during writes and looks for what is missing afterwards.

Each round: parallel writers create and rename units and keep a ledger of every write the service has acknowledged;
at a random moment the process is killed; it must be ready again in under 2 s, every acknowledged write of all rounds
must be there, a write that was under way may be there whole or not at all, and `bina verify-log` must exit 0.

SQLite in WAL mode keeps its commits over a process crash even without syncing, so this shows that nothing is
acknowledged before it is committed; how often it syncs is measured by the benchmark.
"""

from __future__ import annotations

import argparse
import http.client
import random
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from service import Connection, Service, fresh_database, free_port, sign_in, workplace

EMAIL = "admin@crash.example"
READY_WITHIN = 2.0


@dataclass
class Unit:
    """One row as its only writer knows it."""

    code: str
    name: str
    identity: str | None = None
    etag: str | None = None
    under_way: str | None = None


@dataclass
class Ledger:
    """All units of one writer, across rounds; only that writer's thread touches it while it runs."""

    number: int
    units: list[Unit] = field(default_factory=list)
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)


def create(connection: Connection, ledger: Ledger) -> None:
    serial = len(ledger.units)
    unit = Unit(code=f"W{ledger.number}-{serial}", name=f"Unit {ledger.number}.{serial}")
    ledger.units.append(unit)
    unit.under_way = unit.name
    answer = connection.send("POST", "/api/v1/units", {"code": unit.code, "name": unit.name})
    if answer.status != 201:
        ledger.refused.append(f"create {unit.code}: {answer.status} {answer.body[:200]!r}")
        return
    unit.identity = answer.json()["id"]
    acknowledge(unit, ledger, unit.name, answer.headers["etag"])


def rename(connection: Connection, ledger: Ledger, unit: Unit, step: int) -> None:
    unit.under_way = f"{unit.code} renamed {step}"
    answer = connection.send(
        "PATCH",
        f"/api/v1/units/{unit.identity}",
        {"name": unit.under_way},
        If_Match=unit.etag or "",
        Content_Type="application/merge-patch+json",
    )
    if answer.status != 200:
        ledger.refused.append(f"rename {unit.code}: {answer.status} {answer.body[:200]!r}")
        return
    acknowledge(unit, ledger, unit.under_way, answer.headers["etag"])


def acknowledge(unit: Unit, ledger: Ledger, name: str, etag: str) -> None:
    unit.name, unit.etag, unit.under_way = name, etag, None
    ledger.acknowledged += 1


def write_until_killed(port: int, token: str, ledger: Ledger, seed: str) -> None:
    """Writes without pause; the dying connection ends it."""
    chance = random.Random(seed)
    connection = Connection(port, token)
    step = 0
    try:
        while not ledger.refused:
            known = [unit for unit in ledger.units if unit.identity]
            step += 1
            if known and chance.random() < 0.5:
                rename(connection, ledger, chance.choice(known), step)
            else:
                create(connection, ledger)
    except (OSError, http.client.HTTPException):
        return
    finally:
        connection.close()


def compare(connection: Connection, unit: Unit) -> str | None:
    """What is wrong with one row, if anything; learns the outcome of a write that was under way."""
    if unit.identity is None:
        return None
    answer = connection.send("GET", f"/api/v1/units/{unit.identity}")
    if answer.status != 200:
        return f"LOST {unit.code}: acknowledged, now {answer.status}"
    shown = answer.json()
    if shown["code"] != unit.code:
        return f"WRONG {unit.code}: its code is {shown['code']!r}"
    if shown["name"] not in {unit.name, unit.under_way}:
        return f"LOST {unit.code}: acknowledged {unit.name!r}, now {shown['name']!r}"
    if unit.under_way is None and answer.headers["etag"] != unit.etag:
        return f"WRONG {unit.code}: version {unit.etag} became {answer.headers['etag']} without a write"
    unit.name, unit.etag, unit.under_way = shown["name"], answer.headers["etag"], None
    return None


def verify_log(service: Service) -> list[str]:
    result = service.run("verify-log")
    return [] if result.returncode == 0 else [f"LOG verify-log: {result.returncode} {result.stdout}{result.stderr}"]


def one_round(service: Service, ledgers: list[Ledger], seed: str, token: str) -> list[str]:
    """Writes, kills, restarts and compares; the faults found."""
    writers = [
        threading.Thread(target=write_until_killed, args=(service.port, token, ledger, f"{seed}:{ledger.number}"))
        for ledger in ledgers
    ]
    before = sum(ledger.acknowledged for ledger in ledgers)
    for writer in writers:
        writer.start()
    pause = random.Random(seed).uniform(0.2, 2.0)
    time.sleep(pause)
    service.kill()
    for writer in writers:
        writer.join()
    written = sum(ledger.acknowledged for ledger in ledgers) - before

    ready = service.start("serve")
    faults = [fault for ledger in ledgers for fault in ledger.refused]
    if written == 0:
        faults.append("EMPTY no write was acknowledged before the kill, so the round shows nothing")
    if ready >= READY_WITHIN:
        faults.append(f"SLOW ready only after {ready:.2f} s")
    faults += verify_log(service)
    connection = Connection(service.port, token)
    faults += [fault for ledger in ledgers for unit in ledger.units if (fault := compare(connection, unit))]
    connection.close()
    print(f"  killed after {pause:.2f} s, {written} acknowledged, ready again in {ready * 1000:.0f} ms, {len(faults)} faults", flush=True)
    return faults


def prepare(binary: Path, folder: Path, url: str) -> tuple[Service, str]:
    """A served empty database with one administrator."""
    port = free_port()
    environment = {
        "BINA_DATABASE_URL": url,
        "BINA_SECRET_KEY": secrets.token_hex(32),
        "BINA_ADDR": f"127.0.0.1:{port}",
        "BINA_METRICS_ADDR": f"127.0.0.1:{free_port()}",
        "BINA_RATE_LIMITS": "off",
    }
    service = Service(binary, environment, folder / "serve.log", port)
    service.start("serve")
    password = secrets.token_urlsafe(24)
    made = service.run("admin", "create", "--email", EMAIL, "--name", "Admin", BINA_ADMIN_PASSWORD=password)
    if made.returncode != 0:
        raise RuntimeError(f"admin create: {made.returncode} {made.stdout}{made.stderr}")
    return service, password


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--binary", type=Path, default=Path("target/release/bina"))
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument(
        "--database-url",
        default="sqlite",
        help="`sqlite` (a file of its own), or the address of a PostgreSQL server to make and drop a database on",
    )
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    faults: list[str] = []
    ledgers = [Ledger(number) for number in range(chosen.writers)]
    with workplace("bina-crash-") as folder, fresh_database(chosen.database_url, folder) as database:
        print(f"crash on {database.kind}: {chosen.rounds} rounds, {chosen.writers} writers, seed {chosen.seed}", flush=True)
        service, password = prepare(chosen.binary.resolve(), folder, database.url)
        try:
            for number in range(chosen.rounds):
                token = sign_in(service.port, EMAIL, password)
                faults += one_round(service, ledgers, f"{chosen.seed}:{number}", token)
            ended = service.stop()
            faults += [] if ended == 0 else [f"END an orderly end left exit code {ended}"]
            faults += verify_log(service)
        finally:
            service.stop()
        if faults:
            raise SystemExit("\n".join([*faults[:50], f"crash: {len(faults)} faults, seed {chosen.seed}"]))
    total = sum(ledger.acknowledged for ledger in ledgers)
    print(f"crash on {database.kind}: {total} acknowledged writes, 0 lost; {chosen.rounds} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
