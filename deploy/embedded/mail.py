"""Shows an administrator the mail that this instance sent: pages for people, JSON for the demonstration."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from marshmallow import fields, validate

from chassis.config import Settings
from chassis.errors import NotFound
from chassis.policies import any_of, audited
from chassis.service import Service
from chassis.web import api_blueprint, create_app, page_blueprint
from chassis.web.schemas import Schema, Text
from embedded import mailbox
from embedded.mailbox import Mail
from ui import page
from ui.rendering import install

pages = page_blueprint("mail", service="embedded")
pages.url_prefix = "/mail"
bp = api_blueprint("messages", service="embedded")
bp.url_prefix = "/mail/api/messages"


class WantedSchema(Schema):
    """Which mails are asked for."""

    to = Text(max=320, load_default="")
    limit = fields.Integer(load_default=100, strict=False, validate=validate.Range(1, 1000))


class AttachmentSchema(Schema):
    """A named part of a mail."""

    name = fields.String()
    media_type = fields.String()
    text = fields.String(allow_none=True)


class MailSchema(Schema):
    """One kept mail."""

    id = fields.String()
    received_at = fields.AwareDateTime()
    sender = fields.String()
    recipients = fields.List(fields.String())
    subject = fields.String()
    text = fields.String()
    html = fields.String()
    links = fields.List(fields.String())
    attachments = fields.List(fields.Nested(AttachmentSchema))


class MailsSchema(Schema):
    """Kept mails, newest first."""

    items = fields.List(fields.Nested(MailSchema))


def folder() -> Path:
    """Where the sink keeps its mail."""
    place: Path = current_app.config["MAIL_FOLDER"]
    return place


def kept(mail_id: str) -> Mail:
    """The mail with this id; raises NotFound."""
    mail = mailbox.by_id(folder(), mail_id)
    if mail is None:
        raise NotFound("mail")
    return mail


@bp.get("")
@bp.arguments(WantedSchema, location="query")
@bp.response(200, MailsSchema)
def listed(wanted: dict[str, Any]) -> dict[str, list[Mail]]:
    """The mails kept last, all or those to one address."""
    return {"items": mailbox.newest(folder(), wanted["to"], wanted["limit"])}


@pages.get("/")
def index() -> str:
    """The list, all or what went to one address."""
    to = request.args.get("to", "").strip()[:254]
    return page("mail/index.html", mails=mailbox.newest(folder(), to), to=to)


@pages.get("/<mail_id>")
def show(mail_id: str) -> str:
    """One mail: its text with its links, its HTML as source, its attachments."""
    return page("mail/show.html", mail=kept(mail_id))


@pages.get("/<mail_id>/attachments/<int:number>")
def attachment(mail_id: str, number: int) -> Response:
    """One attachment, to be saved."""
    attachments = kept(mail_id).attachments
    if number >= len(attachments):
        raise NotFound("attachment")
    chosen = attachments[number]
    response = Response(chosen.content, content_type=chosen.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=chosen.name)
    return response


ADMINISTRATOR = audited(any_of("administrator"))
POLICIES = dict.fromkeys(("messages.listed", "mail_pages.index", "mail_pages.show", "mail_pages.attachment"), ADMINISTRATOR)
SERVICE = Service(name="embedded", blueprints=(bp, pages), policies=POLICIES)


def applications(mail_folder: Path) -> dict[str, Flask]:
    """First path segments and the application that answers for them: the mail, and the static files of its pages."""
    app = create_app(SERVICE, Settings.from_environment())
    install(app)
    app.config["MAIL_FOLDER"] = mail_folder
    return {"mail": app, "embedded": app}
