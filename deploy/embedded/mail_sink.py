"""Takes every mail that the instance sends and keeps it as a file, delivered to nobody: python -m embedded.mail_sink FOLDER PORT."""

import asyncio
import contextlib
import hashlib
import os
import signal
import sys
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded.files import write_whole


class Keeper:
    """Files each mail under a name made of its Message-ID and recipients, so that a mail sent again is kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps the mail; says 452 (RFC 5321) when it cannot, so that the sender tries again."""
        content = envelope.original_content or b""
        try:
            keep(self.folder, content, envelope.rcpt_tos)
        except OSError as error:
            return f"452 4.3.1 The mail cannot be kept: {error.strerror}"
        return "250 2.0.0 Kept"


def keep(folder: Path, content: bytes, recipients: list[str]) -> Path:
    """Stores one mail with a Delivered-To line per recipient; raises OSError."""
    identity = BytesHeaderParser().parsebytes(content).get("Message-ID") or hashlib.sha256(content).hexdigest()
    key = "\n".join([identity.strip(), *sorted(recipients)])
    path = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.eml"
    if not path.exists():
        delivered = "".join(f"Delivered-To: {recipient}\r\n" for recipient in recipients)
        write_whole(path, delivered.encode() + content)
    return path


async def serve(folder: Path, port: int) -> None:
    """Listens on this machine only, until SIGTERM."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keeper(folder), enable_SMTPUTF8=True), "127.0.0.1", port)
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    Path(os.environ["READY_FILE"]).touch()
    await stopped.wait()
    server.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
