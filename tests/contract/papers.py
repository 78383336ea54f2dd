#!/usr/bin/env python3
"""What the service hands out on paper and to other programs, read by libraries that know nothing of it.

Certificates: opened by pypdf, rendered by PDFium, their QR code read by ZXing, their credential verified by PyJWT, their bit
looked up in the status list. Calendars: parsed by `icalendar`.

Usage: papers.py URL, with the demonstration's password in BINA_DEMO_PASSWORD.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import sys
import urllib.error
import urllib.request
from datetime import timedelta

import icalendar
import jwt
import pypdf
import pypdfium2
import zxingcpp


def ask(address: str, method: str = "GET", token: str | None = None, accept: str = "application/json", body: object = None):
    headers = {"Accept": accept}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    request = urllib.request.Request(address, method=method, headers=headers, data=data)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def asked(address: str, **more):
    return json.loads(ask(address, **more))


def sign_in(url: str, email: str) -> str:
    credentials = {"email": email, "password": os.environ["BINA_DEMO_PASSWORD"]}
    return asked(f"{url}/api/v1/auth/login", method="POST", body=credentials)["access_token"]


def here(address: str, url: str) -> str:
    """The same path on this service: printed addresses name it as the public knows it."""
    return url + address[address.index("/api/v1/"):]


def sheet_says(content: bytes, certificate: dict) -> str:
    """Opens a sheet with two readers and reads its QR code; answers what that says."""
    assert len(pypdf.PdfReader(io.BytesIO(content), strict=True).pages) == 1
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage().get_text_range()
    for words in (certificate["number"], certificate["recipient_name"], certificate["organiser"]):
        assert words in text, f"{words} is not on the sheet: {text}"
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert len(codes) == 1, f"{len(codes)} codes on a sheet"
    return codes[0].text


def verified(token: str, url: str) -> dict:
    kid = jwt.get_unverified_header(token)["kid"]
    key = jwt.PyJWK(asked(here(kid, url)))
    return jwt.decode(token, key, algorithms=["RS256"], options={"require": ["iss", "jti", "sub", "nbf"]})


def revoked(badge: dict, url: str) -> bool:
    status = badge["credentialStatus"]
    assert (status["type"], status["statusPurpose"]) == ("BitstringStatusListEntry", "revocation")
    token = ask(here(status["statusListCredential"], url), accept="application/vc+jwt").decode()
    subject = verified(token, url)["credentialSubject"]
    encoded = subject["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(bits) >= 16 * 1024
    index = int(status["statusListIndex"])
    return bool(bits[index // 8] >> (7 - index % 8) & 1)


def certificates(url: str) -> None:
    token = sign_in(url, "admin@demo.example")
    items = asked(f"{url}/api/v1/certificates?limit=200", token=token)["items"]
    states = {item["status"] for item in items}
    assert states == {"issued", "revoked"}, states
    chosen = [next(item for item in items if item["status"] == state) for state in ("issued", "revoked")]
    for certificate in chosen:
        content = ask(f"{url}/api/v1/certificates/{certificate['id']}.pdf", token=token, accept="application/pdf")
        said = asked(here(sheet_says(content, certificate), url))
        for field in ("number", "recipient_name", "title", "credit_hours", "starts_on", "ends_on", "status", "revocation_reason"):
            assert said[field] == certificate[field], field
        signed = ask(url + certificate["credential_path"], accept="application/vc+jwt").decode()
        badge = verified(signed, url)
        assert badge["credentialSubject"]["achievement"]["name"] == certificate["title"]
        assert revoked(badge, url) == (certificate["status"] == "revoked")
        one_changed_byte(signed, url)
    print(f"{len(items)} certificates; two opened, read, verified")


def one_changed_byte(signed: str, url: str) -> None:
    header, payload, signature = signed.split(".")
    for place in range(0, len(payload), max(1, len(payload) // 40)):
        other = "A" if payload[place] != "A" else "B"
        wrong = f"{header}.{payload[:place]}{other}{payload[place + 1:]}.{signature}"
        try:
            verified(wrong, url)
        except jwt.InvalidTokenError:
            continue
        raise AssertionError(f"a changed byte at {place} was not noticed")


def calendars(url: str) -> None:
    public = icalendar.Calendar.from_ical(ask(f"{url}/api/v1/public/calendar.ics", accept="text/calendar"))
    events = [part for part in public.walk("VEVENT")]
    assert events and {str(zone["TZID"]) for zone in public.walk("VTIMEZONE")} == {"Asia/Pontianak"}
    for event in events:
        assert not event.errors and event["UID"] and int(event["SEQUENCE"]) >= 0
        assert event["DTSTART"].dt.utcoffset() == timedelta(hours=7)
    assert any(str(event["STATUS"]) == "CANCELLED" for event in events), "the visit that was called off stays"
    clinic = sorted(event["DTSTART"].dt for event in events if str(event["SUMMARY"]) == "Klinik pengatalogan")
    assert len(clinic) == 6 and all(day.weekday() == 1 and day.day <= 7 and day.hour == 9 for day in clinic), clinic
    token = sign_in(url, "librarian@demo.example")
    link = asked(f"{url}/api/v1/me/calendar", method="POST", token=token)["url"]
    own = icalendar.Calendar.from_ical(ask(here(link, url), accept="text/calendar"))
    entries = [part for part in own.walk("VEVENT")]
    assert entries and all(not entry.errors for entry in entries)
    asked(f"{url}/api/v1/me/calendar", method="POST", token=token)
    try:
        ask(here(link, url), accept="text/calendar")
    except urllib.error.HTTPError as error:
        assert error.code == 404
    else:
        raise AssertionError("a link that was renewed still opens the calendar")
    print(f"{len(events)} public entries, {len(entries)} of one's own")


if __name__ == "__main__":
    certificates(sys.argv[1].rstrip("/"))
    calendars(sys.argv[1].rstrip("/"))
