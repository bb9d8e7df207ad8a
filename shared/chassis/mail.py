"""Hands one message to the mail server of the instance and says whether a failure may pass."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from chassis.config import Settings

TIMEOUT_S = 15
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TOO_LARGE = 552


class MailUnavailable(Exception):
    """The mail server cannot take the message now; try again later. Says nothing about the recipient."""


class MailRefused(Exception):
    """The mail server will never take this message; trying again is useless. Says nothing about the recipient."""


def send(settings: Settings, message: EmailMessage) -> None:
    """Hands the message to the server of `settings.smtp_url`: smtp://, smtps:// or smtp+starttls://, with user:password@host:port.

    Returns when the server has taken it. Raises MailUnavailable (network, 4xx replies of RFC 5321, sign-in to the server)
    or MailRefused (5xx replies to the recipient or the content).
    """
    try:
        with _connect(urlsplit(settings.smtp_url)) as server:
            server.send_message(message)
    except smtplib.SMTPException as error:
        raise _classify(error) from None
    except OSError as error:
        raise MailUnavailable(f"The mail server does not answer ({type(error).__name__}).") from None


def _connect(url: SplitResult) -> smtplib.SMTP:
    if url.scheme not in PORTS:
        raise MailUnavailable("SMTP_URL must start with smtp://, smtps:// or smtp+starttls://.")
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    try:
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _classify(error: smtplib.SMTPException) -> MailUnavailable | MailRefused:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((reply[0] for reply in error.recipients.values()), default=0)
        return _by_code(code, "the recipient")
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, "the content")
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code == TOO_LARGE:
        return MailRefused("The mail server refused the size of the message.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailRefused("The mail server cannot carry this address.")
    return MailUnavailable(f"The mail server did not take the message ({type(error).__name__}).")


def _by_code(code: int, what: str) -> MailUnavailable | MailRefused:
    kind = MailRefused if code >= 500 else MailUnavailable
    return kind(f"The mail server refused {what} ({code}).")
