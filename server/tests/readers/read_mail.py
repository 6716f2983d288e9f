"""Reads a mail or a calendar file with parsers that this project did not write, and says as JSON
what they found. Needs the `icalendar` package from PyPI; the rest is the standard library.

    read_mail.py mail < mail.eml
    read_mail.py calendar < appointment.ics
    read_mail.py feed < calendar.ics
"""

import json
import sys
from email import policy
from email.parser import BytesParser

import icalendar


def read_calendar(octets):
    """One calendar with one event, as plain values. Raises if either is not so."""
    calendar = icalendar.Calendar.from_ical(octets)
    (event,) = calendar.walk("VEVENT")

    def text(name):
        return None if event.get(name) is None else str(event[name])

    def moment(name):
        value = event.decoded(name)
        return value.isoformat()

    attendees = event.get("ATTENDEE") or []
    if not isinstance(attendees, list):
        attendees = [attendees]
    return {
        "version": str(calendar["VERSION"]),
        "method": None if calendar.get("METHOD") is None else str(calendar["METHOD"]),
        "uid": text("UID"),
        "sequence": int(event["SEQUENCE"]),
        "stamp": moment("DTSTAMP"),
        "start": moment("DTSTART"),
        "end": moment("DTEND"),
        "summary": text("SUMMARY"),
        "description": text("DESCRIPTION"),
        "location": text("LOCATION"),
        "status": text("STATUS"),
        "class": text("CLASS"),
        "organizer": text("ORGANIZER"),
        "organizer_name": event["ORGANIZER"].params.get("CN"),
        "attendees": [
            {
                "address": str(one),
                "name": one.params.get("CN"),
                "rsvp": one.params.get("RSVP"),
            }
            for one in attendees
        ],
        "properties": sorted({name for name, _ in event.property_items()}),
        "errors": [list(map(str, error)) for error in event.errors],
    }


def read_feed(octets):
    """A calendar of any number of events, as plain values."""
    calendar = icalendar.Calendar.from_ical(octets)
    return {
        "method": str(calendar["METHOD"]),
        "refresh": calendar.decoded("REFRESH-INTERVAL").total_seconds(),
        "ttl": str(calendar["X-PUBLISHED-TTL"]),
        "events": [
            {
                "uid": str(event["UID"]),
                "sequence": int(event["SEQUENCE"]),
                "stamp": event.decoded("DTSTAMP").isoformat(),
                "start": event.decoded("DTSTART").isoformat(),
                "end": event.decoded("DTEND").isoformat(),
                "summary": str(event["SUMMARY"]),
                "location": str(event.get("LOCATION", "")),
                "status": str(event["STATUS"]),
                "properties": sorted({name for name, _ in event.property_items()}),
                "errors": [list(map(str, error)) for error in event.errors],
            }
            for event in calendar.walk("VEVENT")
        ],
    }


def read_mail(octets):
    mail = BytesParser(policy=policy.default).parsebytes(octets)
    parts = []
    for part in mail.walk():
        found = {
            "type": part.get_content_type(),
            "method": part.get_param("method"),
            "charset": part.get_content_charset(),
            "filename": part.get_filename(),
            "defects": [repr(defect) for defect in part.defects],
        }
        if not part.is_multipart():
            body = part.get_payload(decode=True)
            found["text"] = body.decode("utf-8")
            if part.get_content_type() in ("text/calendar", "application/ics"):
                found["calendar"] = read_calendar(body)
        parts.append(found)
    return {
        "headers": [[name, str(value)] for name, value in mail.items()],
        "header_defects": [
            repr(defect) for value in mail.values() for defect in value.defects
        ],
        "parts": parts,
    }


readers = {"mail": read_mail, "calendar": read_calendar, "feed": read_feed}
json.dump(readers[sys.argv[1]](sys.stdin.buffer.read()), sys.stdout, indent=1)
