"""Starts, watches and stops the real binary; shared by the checks beside it. Python's standard library only."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import urlsplit, urlunsplit


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Answer:
    """What came back, with the body read whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Connection:
    """One keep-alive connection of one thread."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = token

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            data = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        self.http.request(method, path, data, sent)
        response = self.http.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())

    def close(self) -> None:
        self.http.close()


def sign_in(port: int, email: str, password: str) -> str:
    """An access token, or an error that says what the service answered."""
    connection = Connection(port)
    answer = connection.send("POST", "/api/v1/auth/login", {"email": email, "password": password})
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{email} cannot sign in: {answer.status} {answer.body[:300]!r}")
    return answer.json()["access_token"]


@dataclass
class Service:
    """The binary with its environment; started and ended as often as a check wishes."""

    binary: Path
    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """A command of the binary that ends by itself."""
        environment = {**os.environ, **self.environment, **extra}
        return subprocess.run(
            [self.binary, *arguments], env=environment, text=True, capture_output=True, timeout=120, check=False
        )

    def start(self, *arguments: str, within: float = 30.0) -> float:
        """Starts it and waits for readiness; the seconds from start to ready."""
        environment = {**os.environ, **self.environment}
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([self.binary, *arguments], env=environment, stdout=log, stderr=log)
        while time.monotonic() - began < within:
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended at once with {self.process.returncode}:\n{self.tail()}")
            if self.ready():
                return time.monotonic() - began
            time.sleep(0.01)
        raise RuntimeError(f"not ready within {within} s:\n{self.tail()}")

    def ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """The plug is pulled: no handler runs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """An orderly end; the exit code. Harmless when it has already ended."""
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            return self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.kill()
            return -signal.SIGKILL

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


def demo(binary: Path, folder: Path, database: Database) -> tuple[Service, str]:
    """A running demonstration on the given database, and the password that serves its three accounts."""
    log = folder / "demo.log"
    # Commands beside it, as `admin create`, need the same secret.
    service = Service(binary, {**database.environment(), "BINA_SECRET_KEY": secrets.token_hex(32)}, log)
    service.start("demo", "--addr", f"127.0.0.1:{service.port}", within=120.0)
    found = re.search(r"^\s*password: (.+)$", log.read_text(errors="replace"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"the demonstration printed no password:\n{service.tail()}")
    return service, found.group(1)


@dataclass
class Database:
    """A database of its own for one check. An empty address is the demonstration's own choice."""

    kind: str
    url: str

    def environment(self) -> dict[str, str]:
        return {"BINA_DATABASE_URL": self.url} if self.url else {}


def psql(server: str, statement: str) -> None:
    subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, server],
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def fresh_database(where: str, folder: Path) -> Iterator[Database]:
    """`sqlite`, or the address of a PostgreSQL server on which a database is made and dropped again."""
    if where == "sqlite":
        yield Database("sqlite", f"sqlite://{folder / 'bina.db'}")
        return
    name = f"bina_contract_{os.getpid()}_{secrets.token_hex(4)}"
    psql(where, f'CREATE DATABASE "{name}"')
    try:
        yield Database("postgres", urlunsplit(urlsplit(where)._replace(path=f"/{name}")))
    finally:
        psql(where, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def workplace(prefix: str) -> Iterator[Path]:
    """A temporary folder; kept and named when the check fails, because its logs tell why."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    except BaseException:
        print(f"logs and data are kept in {folder}")
        raise
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
