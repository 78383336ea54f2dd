"""The sign-in desk of a fuzz run: hands out fresh access tokens whatever the run has done to an account.

Signing out and ending sessions need nothing but another sign-in. A changed password is reported by hooks.py. An
administrator who was archived or lost the role is replaced through `bina admin create`, the way a library would.
What cannot be mended is counted, and the runner fails: a run without its role tests nothing.
"""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from service import Service, sign_in


@dataclass
class Account:
    email: str
    password: str


@dataclass
class Desk:
    """Accounts by role, and which role each token was made for."""

    service: Service
    accounts: dict[str, Account]
    sign_ins: int = 0
    replaced: int = 0
    lost: list[str] = field(default_factory=list)
    holders: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def token(self, role: str) -> str:
        with self.lock:
            token = self.sign_in(role)
            self.sign_ins += 1
            self.holders[token] = role
            return token

    def sign_in(self, role: str) -> str:
        account = self.accounts[role]
        try:
            return sign_in(self.service.port, account.email, account.password)
        except RuntimeError as refusal:
            if role != "admin":
                self.lost.append(str(refusal))
                raise
        self.accounts[role] = self.appoint()
        return sign_in(self.service.port, self.accounts[role].email, self.accounts[role].password)

    def appoint(self) -> Account:
        self.replaced += 1
        account = Account(f"admin-{self.replaced}@fuzz.example", secrets.token_urlsafe(24))
        made = self.service.run(
            "admin", "create", "--email", account.email, "--name", "Admin", BINA_ADMIN_PASSWORD=account.password
        )
        if made.returncode != 0:
            self.lost.append(f"no new administrator: {made.stdout}{made.stderr}")
            raise RuntimeError(self.lost[-1])
        return account

    def password_changed(self, token: str, password: str) -> None:
        with self.lock:
            role = self.holders.get(token)
            if role is not None:
                self.accounts[role].password = password


class Handler(BaseHTTPRequestHandler):
    """`POST /token/{role}` and `POST /password`."""

    protocol_version = "HTTP/1.1"
    server: "DeskServer"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            if self.path == "/password":
                self.server.desk.password_changed(**json.loads(body))
                self.answer(200, {})
            else:
                self.answer(200, {"access_token": self.server.desk.token(self.path.rsplit("/", 1)[-1])})
        except (RuntimeError, OSError) as error:
            self.answer(503, {"error": str(error)})

    def answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Silent: tokens would be the only news."""


class DeskServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.desk = desk

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def accounts_document(url: str, roles: list[str]) -> dict[str, Any]:
    """The desk in the words of Web Fuzzing Commons, which schemathesis reads."""
    return {
        "auth": [
            {
                "name": role,
                "loginEndpointAuth": {
                    "verb": "POST",
                    "externalEndpointURL": f"{url}/token/{role}",
                    "payloadRaw": "{}",
                    "contentType": "application/json",
                    "token": {
                        "extractFrom": "body",
                        "extractSelector": "/access_token",
                        "sendIn": "header",
                        "sendName": "Authorization",
                        "sendTemplate": "Bearer {token}",
                    },
                },
            }
            for role in roles
        ]
    }
