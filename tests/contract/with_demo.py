#!/usr/bin/env python3
"""Runs a command against a fresh demonstration, and stops the demonstration afterwards.

Usage: with_demo.py [--binary FILE] [--database-url sqlite|postgres://…] -- COMMAND…
`{url}` in the command becomes the service's address; its password is in BINA_DEMO_PASSWORD.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from service import demo, fresh_database, workplace

HERE = Path(__file__).resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=HERE / "../../target/release/bina")
    parser.add_argument("--database-url", default="sqlite")
    parser.add_argument("command", nargs="+")
    chosen = parser.parse_args()
    with workplace("bina-demo-") as folder, fresh_database(chosen.database_url, folder) as database:
        service, password = demo(chosen.binary.resolve(), folder, database)
        try:
            command = [part.replace("{url}", service.url) for part in chosen.command]
            code = subprocess.run(command, env={**os.environ, "BINA_DEMO_PASSWORD": password}, check=False).returncode
        finally:
            ended = service.stop()
        if ended != 0:
            raise SystemExit(f"the demonstration ended with {ended}:\n{service.tail()}")
        if code != 0:
            raise SystemExit(code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
