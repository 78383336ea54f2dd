"""What schemathesis loads beside its configuration: order by seed, and one message to the runner's sign-in desk."""

from __future__ import annotations

import os
import random

import requests
import schemathesis

# What a file's content may be; schemathesis knows no way to write them.
FILES = [
    "application/pdf", "image/jpeg", "image/png", "image/webp",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]  # fmt: skip


@schemathesis.serializer(*FILES)
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


DESK = os.environ["BINA_FUZZ_DESK"]
SEED = os.environ["BINA_FUZZ_SEED"]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """A run bounded in time reaches the first operations only; which are first follows from the seed."""
    paths = list(raw_schema["paths"].items())
    random.Random(SEED).shuffle(paths)
    raw_schema["paths"] = dict(paths)


@schemathesis.hook
def after_call(context, case, response):
    """The desk signs in with the password that now holds."""
    if case.method == "PUT" and case.path == "/api/v1/me/password" and 200 <= response.status_code < 300:
        token = response.request.headers["Authorization"].removeprefix("Bearer ")
        body = {"token": token, "password": case.body["new_password"]}
        requests.post(f"{DESK}/password", json=body, timeout=30).raise_for_status()
