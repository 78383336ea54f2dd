#!/usr/bin/env python3
"""Pulls the plug (`kill -9`) while an activity is being completed: afterwards there is the whole chain or none of it.

Each round holds a training of its own: attendance of all, scores, then the completion, which is to give each of them a
result, a certificate, credit and an assessment. The process is killed at a random moment of it. After the restart
either all of that is there for everybody or nothing for anybody; a completion that was acknowledged must be there;
`bina verify-log` must exit 0. Then the training is completed, if it was not, and the chain must be whole.
"""

from __future__ import annotations

import argparse
import http.client
import random
import secrets
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from crash import EMAIL, prepare, verify_log
from service import Connection, Service, fresh_database, sign_in, workplace

PEOPLE = 20
TECHNICAL_GUIDANCE = 8


class Library:
    """An administrator's view of a small library."""

    def __init__(self, service: Service, password: str) -> None:
        self.service = service
        self.password = password
        self.sign_in()
        unit = self.ask("POST", "/units", {"code": "A", "name": "A"})["id"]
        new = {"employment_kind": "non_asn", "unit_id": unit}
        self.people = [self.ask("POST", "/librarians", {**new, "name": f"Orang {number}"})["id"] for number in range(PEOPLE)]
        types = self.ask("GET", "/training-types?limit=200")["items"]
        self.training_type = next(row["id"] for row in types if row["siasn_id"] == TECHNICAL_GUIDANCE)
        self.competency = self.ask("GET", "/competencies?kind=unit&limit=1")["items"][0]["id"]

    def sign_in(self) -> None:
        self.connection = Connection(self.service.port, sign_in(self.service.port, EMAIL, self.password))

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.connection.send(method, f"/api/v1{path}", body)
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
        return answer.json()

    def training(self) -> str:
        """A training that is over, with everybody there and scored; not completed."""
        now = datetime.now(timezone.utc)
        new = {
            "kind": "training", "title": "Bimtek SLiMS 9", "mode": "on_site", "credit_hours": 24.0, "capacity": PEOPLE,
            "training_type_id": self.training_type, "competencies": [{"competency_id": self.competency, "level": 1}],
        }  # fmt: skip
        path = f"/activities/{self.ask('POST', '/activities', new)['id']}"
        hours = {name: (now - timedelta(hours=back)).strftime("%Y-%m-%dT%H:%M:%SZ") for name, back in (("starts_at", 3), ("ends_at", 1))}
        session = self.ask("POST", f"{path}/sessions", hours)["id"]
        self.ask("POST", f"{path}/publication")
        registrations = [self.ask("POST", f"{path}/registrations", {"librarian_id": person})["id"] for person in self.people]
        present = [{"registration_id": known, "is_present": True} for known in registrations]
        self.ask("POST", f"/activity-sessions/{session}/attendance", {"items": present})
        scores = [{"registration_id": known, "pre_test": 52.0, "post_test": 78.0} for known in registrations]
        self.ask("POST", f"{path}/scores", {"items": scores})
        return path

    def chain(self, path: str) -> dict[str, int]:
        """How many of the people have each part of the chain by this training; credit and assessments by all trainings."""
        activity = path.rsplit("/", 1)[-1]
        registrations = self.ask("GET", f"{path}/registrations?limit=200")["items"]
        return {
            "completed": PEOPLE if self.ask("GET", path)["status"] == "completed" else 0,
            "results": sum(row["result"] == "passed" for row in registrations),
            "certificates": len(self.ask("GET", f"/certificates?activity_id={activity}&limit=200")["items"]),
            "credits": sum(self.ask("GET", f"/librarians/{person}/credits")["entry_count"] for person in self.people),
            "assessments": sum(
                len(self.ask("GET", f"/assessments?librarian_id={person}&limit=200")["items"]) for person in self.people
            ),
        }


def complete(port: int, token: str, path: str, outcome: list[int]) -> None:
    connection = Connection(port, token)
    try:
        outcome.append(connection.send("POST", f"/api/v1{path}/completion").status)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()


def one_round(library: Library, pause: float) -> tuple[bool, list[str]]:
    """Whether the chain was whole after the kill, and what is wrong."""
    path = library.training()
    before = library.chain(path)
    outcome: list[int] = []
    asking = threading.Thread(target=complete, args=(library.service.port, library.connection.token, path, outcome))
    asking.start()
    time.sleep(pause)
    library.service.kill()
    asking.join()
    library.service.start("serve")
    library.sign_in()
    gained = {part: count - before[part] for part, count in library.chain(path).items()}
    whole = gained["completed"] == PEOPLE
    faults = verify_log(library.service)
    if any(count != (PEOPLE if whole else 0) for count in gained.values()):
        faults.append(f"TORN after {pause * 1000:.0f} ms: {gained}")
    if outcome and not (outcome == [200] and whole):
        faults.append(f"LOST answered {outcome}, now {gained}")
    if not whole:
        library.ask("POST", f"{path}/completion")
        after = {part: count - before[part] for part, count in library.chain(path).items()}
        if any(count != PEOPLE for count in after.values()):
            faults.append(f"TORN when it was completed again: {after}")
    return whole, faults


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=Path, default=Path("target/release/bina"))
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--database-url", default="sqlite", help="`sqlite`, or the address of a PostgreSQL server")
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    chance = random.Random(chosen.seed)
    faults: list[str] = []
    wholes = 0
    with workplace("bina-chain-") as folder, fresh_database(chosen.database_url, folder) as database:
        print(f"chain on {database.kind}: {chosen.rounds} rounds of {PEOPLE} people, seed {chosen.seed}", flush=True)
        service, password = prepare(chosen.binary.resolve(), folder, database.url)
        try:
            library = Library(service, password)
            began = time.monotonic()
            library.ask("POST", f"{library.training()}/completion")
            takes = time.monotonic() - began
            # Squared, because the first completion takes longer than those that follow.
            for _ in range(chosen.rounds):
                whole, found = one_round(library, takes * chance.random() ** 2)
                wholes += whole
                faults += found
        finally:
            service.stop()
        if faults:
            raise SystemExit("\n".join([*faults[:50], f"chain: {len(faults)} faults, seed {chosen.seed}"]))
    print(f"chain on {database.kind}: {wholes} whole and {chosen.rounds - wholes} none after the kill; {chosen.rounds} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
