"""A real SMTP server for the tests, which keeps each mail as a file.

    mail_server.py --port 2525 --spool FOLDER      receive until stopped
    mail_server.py --spool FOLDER --list           one line of JSON a mail, oldest first

It accepts everything, sends nothing on, and listens on the loopback only. A mail is written under
another name first, so that a reader never sees half of one.
"""

import argparse
import email
import email.policy
import json
import os
import pathlib
import signal
import threading

from aiosmtpd.controller import Controller


class Spool:
    """Keeps what it is given, numbered in the order it came."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.count = 0
        self.lock = threading.Lock()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        with self.lock:
            self.count += 1
            name = f"{self.count:06}.eml"
        head = f"X-Envelope-From: {envelope.mail_from}\r\n"
        head += f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        half = self.folder / f".{name}.part"
        half.write_bytes(head.encode() + envelope.content)
        os.replace(half, self.folder / name)
        return "250 Accepted"


def listing(folder: pathlib.Path) -> None:
    for path in sorted(folder.glob("*.eml")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        print(json.dumps({"file": path.name, "to": mail["X-Envelope-To"], "subject": mail["Subject"]}))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=2525)
    arguments.add_argument("--spool", type=pathlib.Path, required=True)
    arguments.add_argument("--list", action="store_true")
    given = arguments.parse_args()
    given.spool.mkdir(parents=True, exist_ok=True)
    if given.list:
        listing(given.spool)
        return
    ends = {signal.SIGINT, signal.SIGTERM}
    # Before the server's thread is made, so that no thread is ended by them.
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    server = Controller(Spool(given.spool), hostname="127.0.0.1", port=given.port)
    server.start()
    signal.sigwait(ends)
    server.stop()


if __name__ == "__main__":
    main()
