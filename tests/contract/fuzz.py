#!/usr/bin/env python3
"""Schemathesis against a running build, as every role, on every database; see `--help` and fuzz.sh.

Each role gets a fresh demonstration. Its time is divided between examples and coverage (two fifths), fuzzing and
stateful chains (the rest), because a bound on the whole run would be spent before the later phases begin. Chains are
followed within neighbouring chapters, others in each run: between all operations there are thousands of links, and a
run would be over before it had followed two. With `--cases` the rounds go on with new seeds until so many cases have
been tried in all.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from desk import Account, Desk, DeskServer, accounts_document
from service import Connection, Database, Service, demo, fresh_database, sign_in, workplace

HERE = Path(__file__).resolve().parent
SIGNED_IN = ["admin", "mentor", "librarian"]
ROLES = [*SIGNED_IN, "anonymous"]
FILES = ["read_file", "read_file_content"]
SHARES = {"examples,coverage": 0.4, "fuzzing": 0.3, "stateful": 0.3}
# Operations of chapters between which chains are followed, about; and the least seconds that this makes sense for.
NEIGHBOURS = 72
LEAST_SECONDS = 10
# Somebody who shares nothing with anybody.
STRANGER = "stranger"
DOCUMENT = json.loads((HERE / "../../openapi/openapi.json").read_text())


@dataclass
class Tally:
    """What one or more schemathesis runs came to."""

    cases: int = 0
    phases: int = 0
    failed_runs: int = 0
    sign_ins: int = 0

    def add(self, other: Tally) -> None:
        self.cases += other.cases
        self.phases += other.phases
        self.failed_runs += other.failed_runs
        self.sign_ins += other.sign_ins


@contextmanager
def sign_in_desk(service: Service, password: str) -> Iterator[DeskServer]:
    accounts = {role: Account(f"{role}@demo.example", password) for role in SIGNED_IN}
    accounts[STRANGER] = invited(service, password)
    server = DeskServer(Desk(service, accounts))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


def invited(service: Service, password: str) -> Account:
    """A new librarian: whoever knows the librarian of the demonstration may rightly read some of what is theirs."""
    admin = Connection(service.port, sign_in(service.port, "admin@demo.example", password))

    def ask(method: str, path: str, body: Any = None) -> Any:
        answer = admin.send(method, f"/api/v1/{path}", body)
        if answer.status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
        return answer.json() if answer.body else None

    account = Account(f"{STRANGER}@demo.example", secrets.token_urlsafe(24))
    unit = ask("GET", "units?limit=1")["items"][0]["id"]
    person = ask("POST", "librarians", {"employment_kind": "non_asn", "unit_id": unit, "name": "Orang Lain"})
    who = {"email": account.email, "name": "Orang Lain", "roles": ["librarian"], "librarian_id": person["id"]}
    token = ask("POST", "invitations", who)["token"]
    ask("POST", "auth/invitation-acceptances", {"token": token, "password": account.password})
    admin.close()
    return account


def neighbours() -> list[list[str]]:
    """The chapters, by their tags in the order of the document, in groups of about as many operations."""
    counts: dict[str, int] = {tag["name"]: 0 for tag in DOCUMENT["tags"]}
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            for tag in operation["tags"] if isinstance(operation, dict) else []:
                counts[tag] += 1
    groups: list[list[str]] = [[]]
    size = 0
    for tag, count in counts.items():
        if size and size + count > NEIGHBOURS:
            groups.append([])
            size = 0
        groups[-1].append(tag)
        size += count
    return groups


def shared_reads() -> list[str]:
    """What every librarian may read of everybody, by the document: there nobody can read what is another's alone.

    And files, which whoever may read what refers to them may read, but finds in no list.
    """
    reads = [item["get"] for item in DOCUMENT["paths"].values() if "get" in item]
    return [read["operationId"] for read in reads if read.get("x-reach", {}).get("librarian") == "all" or read["operationId"] in FILES]


def configuration(folder: Path, role: str) -> Path:
    """The committed configuration; without its accounts for the anonymous run, hooks by full path."""
    text = (HERE / "schemathesis.toml").read_text()
    if role == "anonymous":
        text = text.split("[auth.wfc]")[0]
    text = text.replace('hooks = "hooks.py"', f"hooks = {json.dumps(str(HERE / 'hooks.py'))}")
    text += f"\n[[operations]]\ninclude-operation-id = {json.dumps(shared_reads())}\nchecks.object_level_authorization.enabled = false\n"
    path = folder / f"schemathesis-{role}.toml"
    path.write_text(text)
    return path


@dataclass
class Reach:
    """How far a run came, by schemathesis' own report."""

    cases: int = 0
    tested: int = 0
    selected: int = 0


def reach(report: Path) -> Reach:
    if not report.exists():
        return Reach()
    found = json.loads(report.read_text())
    return Reach(found["test_cases"]["generated"], found["operations"]["tested"], found["operations"]["selected"])


def one_phase(
    service: Service, role: str, phases: str, tags: list[str], seconds: int, seed: int, desk: DeskServer, folder: Path, reports: Path
) -> Tally:
    name = "-".join([role, phases.replace(",", "-"), str(seed), *tags[:1]])
    report = folder / f"{name}.json"
    accounts = folder / "accounts.json"
    accounts.write_text(json.dumps(accounts_document(desk.url, [*SIGNED_IN, STRANGER])))
    command = [
        Path(sys.executable).with_name("schemathesis"), "--config-file", configuration(folder, role), "--no-color",
        "run", f"{service.url}/openapi.json", "--phases", phases, "--seed", str(seed),
        "--max-time", str(max(1, seconds)), "--report", "junit,json",
        "--report-junit-path", reports / f"{name}.xml", "--report-json-path", report,
        *(f"--include-tag={tag}" for tag in tags),
    ]  # fmt: skip
    environment = {
        **os.environ,
        "BINA_FUZZ_ACCOUNTS": str(accounts),
        "BINA_FUZZ_DESK": desk.url,
        "BINA_FUZZ_ROLE": role,
        "BINA_FUZZ_SEED": str(seed),
        "PYTHONPATH": str(HERE),
    }
    began = time.monotonic()
    result = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)
    (reports / f"{name}.txt").write_text(result.stdout + result.stderr)
    came = reach(report)
    good = result.returncode == 0 and came.cases > 0
    verdict = "ok" if good else f"FAILED (exit {result.returncode})"
    spent = time.monotonic() - began
    where = f" from {tags[0]} to {tags[-1]}" if tags else ""
    print(f"    {phases}{where}: {came.cases} cases, {came.tested} of {came.selected} operations, {spent:.0f} s, {verdict}", flush=True)
    if not good:
        print(result.stdout[-20_000:] + result.stderr[-5_000:], flush=True)
    return Tally(came.cases, 1, int(not good))


def chapters(run: int, seconds: float) -> list[list[str]]:
    """Between which chapters this run follows chains: those after the ones of the run before."""
    groups = neighbours()
    count = max(1, min(len(groups), int(seconds / LEAST_SECONDS)))
    return [groups[(run * count + number) % len(groups)] for number in range(count)]


def one_role(binary: Path, where: str, role: str, seconds: int, seed: int, run: int, reports: Path) -> Tally:
    tally = Tally()
    with workplace("bina-fuzz-") as folder, fresh_database(where, folder) as database:
        print(f"  {role} on {database.kind}, seed {seed}", flush=True)
        service, password = demo(binary, folder, database)
        try:
            with sign_in_desk(service, password) as server:
                for phases, share in SHARES.items():
                    parts = chapters(run, seconds * share) if phases == "stateful" else [[]]
                    for tags in parts:
                        time_of_part = int(seconds * share / len(parts))
                        tally.add(one_phase(service, role, phases, tags, time_of_part, seed, server, folder, reports / database.kind))
                desk = server.desk
                print(f"    signed in {desk.sign_ins} times, {desk.replaced} administrators replaced", flush=True)
                tally.sign_ins = desk.sign_ins
                if role in SIGNED_IN and (desk.lost or not desk.sign_ins):
                    print(f"    FAILED: the account was lost: {desk.lost[:3]}", flush=True)
                    tally.failed_runs += 1
            if not service.ready():
                print(f"    FAILED: not ready any more:\n{service.tail()}", flush=True)
                tally.failed_runs += 1
        finally:
            service.stop()
        faults = re.findall(r"^.*panicked at.*$", (folder / "demo.log").read_text(errors="replace"), re.MULTILINE)
        if faults:
            print("    FAILED: the service's log shows a panic:\n" + "\n".join(faults[:5]), flush=True)
            tally.failed_runs += 1
    return tally


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=HERE / "../../target/release/bina")
    parser.add_argument("--seconds", type=int, default=35, help="for each role on each database and round")
    parser.add_argument("--cases", type=int, default=0, help="go on with new seeds until so many cases are tried in all")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--roles", default=",".join(ROLES))
    parser.add_argument("--report-dir", type=Path, help="for JUnit and text reports (default: a temporary folder)")
    parser.add_argument(
        "--database-url",
        action="append",
        help="`sqlite`, or the address of a PostgreSQL server to make and drop databases on; may be repeated "
        "(default: sqlite, and BINA_TEST_POSTGRES where it is set)",
    )
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    postgres = os.environ.get("BINA_TEST_POSTGRES")
    databases = chosen.database_url or ["sqlite", *([postgres] if postgres else [])]
    if databases == ["sqlite"]:
        print("fuzz: NO PostgreSQL, this run is on SQLite alone", flush=True)
    reports = chosen.report_dir or Path(os.environ.get("TMPDIR", "/tmp")) / f"bina-fuzz-reports-{os.getpid()}"
    for kind in ("sqlite", "postgres"):
        (reports / kind).mkdir(parents=True, exist_ok=True)
    print(f"fuzz: seed {chosen.seed}, reports in {reports}", flush=True)
    total, seed, runs = Tally(), chosen.seed, 0
    while runs == 0 or (total.cases < chosen.cases and not total.failed_runs):
        for where in databases:
            for role in chosen.roles.split(","):
                total.add(one_role(chosen.binary.resolve(), where, role, chosen.seconds, seed, runs, reports.resolve()))
                runs += 1
        seed += 1
    failed = total.failed_runs
    passed = max(0, total.phases - failed)
    print(f"fuzz: {total.cases} cases, {total.sign_ins} sign-ins; {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
