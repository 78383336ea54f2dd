#!/usr/bin/env python3
"""Pulls the plug (`kill -9`) while people meet, answer and are matched: what belongs together is there whole or not at all.

Each round kills the process at a random moment of four operations, and restarts it after each:
- a meeting is completed: mentor and mentee are both credited and it was held, or neither and it is planned;
- readers answer with one-time tokens: each token is either spent or still answers once, an acknowledged answer is spent,
  and there are as many answers as tokens gone;
- the campaign is closed: status, frozen results and forgotten tokens together, or none of it;
- a round of matching is published: all accepted pairs are proposed and their requests matched, or none.
Every tenth round it kills the process while a job counts the answers of a large campaign that is closed already; the job that goes
on, a minute later, must count every answer once.
What was acknowledged must be there; what was not done is done again and must then be whole; `bina verify-log` must exit 0.
"""

from __future__ import annotations

import argparse
import http.client
import random
import secrets
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from chain import Library
from crash import prepare, verify_log
from service import Answer, Connection, fresh_database, workplace

ANSWERS = 60
# Tokens that nobody uses before the close.
LEFT = 10
WRITERS = 4
# More answers than are counted with the close, in two portions of tokens; in how many seconds a job that goes on must be done.
MANY = 1_200
PATIENCE = 150
PAIRS = 12
LEVEL = 3
ANSWER = {"answers": [{"question": "U1", "value": 4}, {"question": "SEX", "value": "MALE"}]}


def day(back: int) -> str:
    return (datetime.now(timezone.utc) - timedelta(days=back)).date().isoformat()


def survey(token: str) -> str:
    return f"/api/v1/public/surveys/{token}"


class Pairs(Library):
    """The same small library, with a mentor and a mentee, whose plug can be pulled."""

    def __init__(self, service: Any, password: str) -> None:
        super().__init__(service, password)
        self.mentor, self.mentee = self.people[:2]
        pair = {"mentor_id": self.mentor, "mentee_id": self.mentee, "starts_on": day(60)}
        self.pair = self.ask("POST", "/mentorships", pair)["id"]
        questionnaires = self.ask("GET", "/questionnaires?code=SKM&status=published")["items"]
        self.questionnaire = questionnaires[0]["id"]

    def person(self, name: str) -> str:
        new = {"employment_kind": "non_asn", "unit_id": self.ask("GET", "/units?limit=1")["items"][0]["id"], "name": name}
        return self.ask("POST", "/librarians", new)["id"]

    def pull(self, writers: list[Callable[[Connection], None]], pause: float) -> None:
        """Lets writers work, each on a connection of its own, pulls the plug, and starts anew."""

        def work(writer: Callable[[Connection], None]) -> None:
            connection = Connection(self.service.port, self.connection.token)
            try:
                writer(connection)
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(writer,)) for writer in writers]
        for thread in threads:
            thread.start()
        time.sleep(pause)
        self.service.kill()
        for thread in threads:
            thread.join()
        self.service.start("serve")
        self.sign_in()

    def look(self, path: str) -> Answer:
        """What a reader without an account is answered."""
        connection = Connection(self.service.port)
        answer = connection.send("GET", path)
        connection.close()
        return answer


class Step:
    """One operation that is done or not: how it is prepared, where it is asked for, and what of it is there."""

    name: str

    def __init__(self, library: Pairs) -> None:
        self.library = library

    def prepare(self) -> str:
        """Everything before the step; the path of the step."""
        raise NotImplementedError

    def done(self) -> dict[str, int]:
        """How much of each part is there."""
        raise NotImplementedError

    def whole(self) -> dict[str, int]:
        """How much of each part belongs together."""
        raise NotImplementedError

    def takes(self) -> float:
        """How long it takes when nothing comes in between, the first of its kind left out."""
        for _ in range(2):
            path = self.prepare()
            began = time.monotonic()
            self.library.ask("POST", path)
        return time.monotonic() - began

    def interrupted(self, path: str, pause: float) -> tuple[bool, list[str]]:
        """Whether it was done when the plug was pulled, and what is wrong."""
        outcome: list[int] = []
        self.library.pull([lambda connection: outcome.append(connection.send("POST", f"/api/v1{path}").status)], pause)
        found, whole = self.done(), self.whole()
        is_done = found == whole
        faults = verify_log(self.library.service)
        if not is_done and any(found.values()):
            faults.append(f"TORN {self.name} after {pause * 1000:.0f} ms: {found}")
        if outcome and not (outcome == [200] and is_done):
            faults.append(f"LOST {self.name} answered {outcome}, now {found}")
        if not is_done:
            self.library.ask("POST", path)
            if (found := self.done()) != whole:
                faults.append(f"TORN {self.name} when it was done again: {found}")
        return is_done, faults


class Meeting(Step):
    name = "meeting"
    count = 0

    def prepare(self) -> str:
        # Nobody is at two meetings at once: each is before the last.
        self.count += 1
        starts_at = datetime.now(timezone.utc) - timedelta(hours=3, minutes=20 * self.count)
        new = {"starts_at": starts_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "minutes": 15}
        self.meeting = self.library.ask("POST", f"/mentorships/{self.library.pair}/meetings", new)["id"]
        return f"/mentoring-meetings/{self.meeting}/completion"

    def credits(self, librarian: str) -> int:
        path = f"/credit-entries?librarian_id={librarian}&source_id={self.meeting}"
        return len(self.library.ask("GET", path)["items"])

    def done(self) -> dict[str, int]:
        status = self.library.ask("GET", f"/mentoring-meetings/{self.meeting}")["status"]
        library = self.library
        return {"held": int(status == "held"), "mentor": self.credits(library.mentor), "mentee": self.credits(library.mentee)}

    def whole(self) -> dict[str, int]:
        return {"held": 1, "mentor": 1, "mentee": 1}


class Closing(Step):
    name = "closing"

    def campaign(self) -> list[str]:
        """A new campaign that takes answers; its tokens."""
        ask = self.library.ask
        new = {
            "questionnaire_id": self.library.questionnaire, "title": {"id": "Survei", "en": "Survey"}, "audience": "readers",
            "opens_on": day(1), "closes_on": day(-7),
        }  # fmt: skip
        self.path = f"/campaigns/{ask('POST', '/campaigns', new)['id']}"
        ask("POST", f"{self.path}/opening")
        self.tokens: list[str] = ask("POST", f"{self.path}/tokens", {"count": ANSWERS + LEFT})["tokens"]
        return self.tokens[:ANSWERS]

    def answered(self, acknowledged: set[str], sent: set[str]) -> list[str]:
        """What is wrong with the tokens after answers were interrupted; then all answer."""
        faults = []
        spent = set()
        for token in self.tokens:
            code = self.library.look(survey(token)).status
            if code not in (200, 409) or (code == 409 and token not in sent) or (code == 200 and token in acknowledged):
                state = "acknowledged" if token in acknowledged else "sent" if token in sent else "unused"
                faults.append(f"TOKEN {state}, now {code}")
            if code == 409:
                spent.add(token)
        faults += self.count(len(spent))
        connection = Connection(self.library.service.port)
        for token in self.tokens[:ANSWERS]:
            answer = connection.send("POST", survey(token), ANSWER)
            if answer.status != (409 if token in spent else 204):
                faults.append(f"TOKEN {'spent' if token in spent else 'unspent'}, and it answers {answer.status}")
        connection.close()
        return faults + self.count(ANSWERS)

    def count(self, answers: int) -> list[str]:
        seen = self.library.ask("GET", self.path)
        found = (seen["response_count"], seen["tokens_issued"] - seen["tokens_left"])
        return [] if found == (answers, answers) else [f"COUNT {answers} tokens are gone; answers and tokens gone: {found}"]

    def prepare(self) -> str:
        connection = Connection(self.library.service.port)
        for token in self.campaign():
            connection.send("POST", survey(token), ANSWER)
        connection.close()
        return f"{self.path}/closing"

    def done(self) -> dict[str, int]:
        get = self.library.connection.send
        results = get("GET", f"/api/v1{self.path}/results")
        unused = [self.library.look(survey(token)).status for token in self.tokens[ANSWERS:]]
        is_closed = self.library.ask("GET", self.path)["status"] == "closed"
        verified = get("GET", f"/api/v1{self.path}/results/verification") if results.status == 200 else None
        return {
            "closed": int(is_closed),
            "counted": self.library.ask("GET", self.path)["response_count"] if is_closed else 0,
            "told": results.json()["overall"]["answered_count"] if results.status == 200 else 0,
            "verified": int(verified is not None and verified.json()["is_equal"]),
            "forgotten": sum(status != 200 for status in unused),
        }

    def whole(self) -> dict[str, int]:
        return {"closed": 1, "counted": ANSWERS, "told": ANSWERS, "verified": 1, "forgotten": LEFT}


class Publication(Step):
    name = "publication"

    def prepare(self) -> str:
        ask = self.library.ask
        aim = {"competency_id": self.library.competency, "level": LEVEL}
        mentor = self.library.person("Mentor")
        ask("POST", "/mentor-profiles", {"librarian_id": mentor, "capacity": PAIRS, "competencies": [aim]})
        self.requests = [
            ask("POST", "/mentoring-requests", {"librarian_id": self.library.person(f"Mentee {number}"), "goals": [aim]})["id"]
            for number in range(PAIRS)
        ]
        self.mentor = mentor
        self.path = f"/matching-rounds/{ask('POST', '/matching-rounds', {'title': 'Putaran', 'starts_on': day(0)})['id']}"
        job = ask("POST", f"{self.path}/execution")["id"]
        while (status := ask("GET", f"/jobs/{job}")["status"]) in ("queued", "running"):
            time.sleep(0.05)
        executed = ask("GET", self.path)
        if (status, executed["matched_count"]) != ("succeeded", PAIRS):
            raise RuntimeError(f"the round found {executed['matched_count']} pairs, its job {status}")
        ask("POST", f"{self.path}/acceptance")
        return f"{self.path}/publication"

    def done(self) -> dict[str, int]:
        ask = self.library.ask
        return {
            "published": int(ask("GET", self.path)["status"] == "published"),
            "pairs": len(ask("GET", f"/mentorships?mentor_id={self.mentor}&status=proposed&limit=200")["items"]),
            "matched": sum(ask("GET", f"/mentoring-requests/{known}")["status"] == "matched" for known in self.requests),
        }

    def whole(self) -> dict[str, int]:
        return {"published": 1, "pairs": PAIRS, "matched": PAIRS}


def answer_until_killed(tokens: list[str], acknowledged: set[str], sent: set[str]) -> Callable[[Connection], None]:
    def writer(connection: Connection) -> None:
        for token in tokens:
            sent.add(token)
            if connection.send("POST", survey(token), ANSWER).status == 204:
                acknowledged.add(token)

    return writer


def interrupted_answers(closing: Closing, pause: float) -> tuple[int, list[str]]:
    """How many answers were acknowledged before the plug was pulled, and what is wrong."""
    tokens = closing.campaign()
    acknowledged: set[str] = set()
    sent: set[str] = set()
    writers = [answer_until_killed(tokens[number::WRITERS], acknowledged, sent) for number in range(WRITERS)]
    closing.library.pull(writers, pause)
    faults = verify_log(closing.library.service)
    return len(acknowledged), faults + closing.answered(acknowledged, sent)


def interrupted_counting(closing: Closing, pause: float) -> list[str]:
    """What is wrong after the plug was pulled while a job counted."""
    library = closing.library
    closing.campaign()
    portions = [library.ask("POST", f"{closing.path}/tokens", {"count": MANY // 2})["tokens"] for _ in range(2)]
    connection = Connection(library.service.port)
    for token in (token for portion in portions for token in portion):
        connection.send("POST", survey(token), ANSWER)
    connection.close()
    # The service has let go of a connection that was idle for so long.
    library.sign_in()
    library.ask("POST", f"{closing.path}/closing")
    library.pull([], pause)
    faults = verify_log(library.service)
    began = time.monotonic()
    while library.ask("GET", closing.path)["results_frozen_at"] is None:
        if time.monotonic() - began > PATIENCE:
            return [*faults, f"UNCOUNTED after {PATIENCE} s, killed after {pause * 1000:.0f} ms"]
        time.sleep(0.5)
    told = library.ask("GET", f"{closing.path}/results")["overall"]["answered_count"]
    is_equal = library.ask("GET", f"{closing.path}/results/verification")["is_equal"]
    if (told, is_equal) != (MANY, True):
        faults.append(f"COUNTED {told} of {MANY} answers, equal when counted again: {is_equal}")
    return faults


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=Path, default=Path("target/release/bina"))
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--database-url", default="sqlite", help="`sqlite`, or the address of a PostgreSQL server")
    return parser.parse_args()


def rounds(library: Pairs, number: int, chance: random.Random) -> tuple[dict[str, int], list[str]]:
    """How often each step was done when the plug was pulled, and what is wrong."""
    meeting, closing, publication = Meeting(library), Closing(library), Publication(library)
    steps: list[Step] = [meeting, closing, publication]
    takes = {step.name: step.takes() for step in steps}
    tally = {"answers": 0, **{step.name: 0 for step in steps}}
    faults: list[str] = []

    def interrupt(step: Step, path: str) -> None:
        # Before, during and just after it.
        is_done, found = step.interrupted(path, takes[step.name] * chance.uniform(0.0, 1.5))
        tally[step.name] += is_done
        faults.extend(found)

    for round_number in range(1, number + 1):
        interrupt(meeting, meeting.prepare())
        acknowledged, found = interrupted_answers(closing, chance.uniform(0.02, 0.3))
        tally["answers"] += acknowledged
        faults += found
        interrupt(closing, f"{closing.path}/closing")
        interrupt(publication, publication.prepare())
        if round_number % 10 == 0:
            faults += interrupted_counting(Closing(library), chance.uniform(0.0, 0.4))
    return tally, faults


def main() -> int:
    chosen = arguments()
    with workplace("bina-people-") as folder, fresh_database(chosen.database_url, folder) as database:
        print(f"people on {database.kind}: {chosen.rounds} rounds, seed {chosen.seed}", flush=True)
        service, password = prepare(chosen.binary.resolve(), folder, database.url)
        try:
            tally, faults = rounds(Pairs(service, password), chosen.rounds, random.Random(chosen.seed))
        finally:
            service.stop()
        if faults:
            raise SystemExit("\n".join([*faults[:50], f"people: {len(faults)} faults, seed {chosen.seed}"]))
    print(f"people on {database.kind}: done when the plug was pulled: {tally}; {chosen.rounds} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
