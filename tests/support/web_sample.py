"""A small service with one noun, notes, that uses everything a web service can use."""

from dataclasses import dataclass

from flask import redirect, render_template_string, request
from pymongo.errors import OperationFailure

from chassis import policies
from chassis.auth import token_for
from chassis.errors import Invalid, Refused
from chassis.repository import Collection, Index
from chassis.service import Service
from chassis.web import (
    PageArguments,
    api_blueprint,
    check_version,
    csrf_token,
    cursor_page,
    page_blueprint,
    presented_claims,
    principal,
    principal_or_none,
    sensitive,
    set_version,
    unit,
    without_csrf,
)
from chassis.web.schemas import Boolean, Identifier, Instant, Integer, Schema, Text


@dataclass
class Note:
    """What a person wrote down."""

    id: str
    text: str
    owner: str
    version: int = 0


NOTES = Collection("notes", Note, indexes=(Index("text", unique=True),))
ATTEMPTS = []


class NoteSchema(Schema):
    id = Identifier(dump_only=True)
    text = Text(max=100, required=True)
    stars = Integer(load_only=True)
    public = Boolean(load_only=True)
    at = Instant(load_only=True)
    version = Integer(dump_only=True)


bp = api_blueprint("notes", service="notebook")
pages = page_blueprint("notes", service="notebook")


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(NoteSchema))
def index(arguments):
    """List notes."""
    after = {"_id": {"$gt": arguments["after"]}} if arguments["after"] else {}
    return unit().find(NOTES, after, sort=[("_id", 1)], limit=arguments["limit"] + 1)


@bp.post("")
@bp.arguments(NoteSchema)
@bp.response(201, NoteSchema)
def create(note):
    """Write a note."""
    ATTEMPTS.append(request.path)
    added = unit().add(NOTES, Note(unit().new_id(), note["text"], principal().id))
    if note["text"].startswith("flaky") and len(ATTEMPTS) == 1:
        unit().flush()
        raise OperationFailure("write conflict", 112, {"errorLabels": ["TransientTransactionError"]})
    if note["text"] == "refused":
        unit().flush()
        raise Refused("too-many-notes", "You have written enough. Delete a note first.")
    if note["text"] == "crash":
        raise RuntimeError("could not tell anna@example.org")
    return added


@bp.get("/<id:note_id>")
@bp.etag
@bp.response(200, NoteSchema)
def show(note_id):
    """Read a note."""
    note = unit().get(NOTES, note_id)
    set_version(note)
    return note


@bp.patch("/<id:note_id>")
@bp.etag
@bp.arguments(NoteSchema)
@bp.response(200, NoteSchema)
def change(changes, note_id):
    """Change a note."""
    note = unit().get(NOTES, note_id)
    check_version(note)
    note.text = changes["text"]
    set_version(note)
    return note


@bp.post("/upload")
@bp.response(200)
def upload():
    """Count the bytes of a file."""
    ATTEMPTS.append(request.path)
    size = len(request.files["file"].read())
    if len(ATTEMPTS) == 1:
        raise OperationFailure("write conflict", 112, {"errorLabels": ["TransientTransactionError"]})
    return {"size": size}


@bp.get("/open")
@bp.response(200)
def opened():
    """Say hello to everybody."""
    who = principal_or_none()
    return {"hello": who.id if who else "you"}


@pages.get("/form")
def form():
    return render_template_string('<form method="post">{{ csrf_field() }}</form>')


@pages.post("/form")
def send():
    if request.form.get("text") == "":
        unit().add(NOTES, Note(unit().new_id(), "half done", ""))
        return "The form again, with what is wrong.", 422
    unit().add(NOTES, Note(unit().new_id(), request.form["text"], ""))
    return redirect("/notebook/form", 303)


@pages.get("/notes/<id:note_id>")
def read(note_id):
    return f"<p>{unit().get(NOTES, note_id).text}</p>"


@pages.post("/notes/<id:note_id>")
def rewrite(note_id):
    unit().get(NOTES, note_id).text = request.form["text"]
    return redirect(f"/notebook/notes/{note_id}", 303)


@pages.post("/renew")
@without_csrf
def renew():
    claims = presented_claims()
    return {"sid": claims["sid"] if claims else None}


@pages.post("/link")
@without_csrf
@sensitive("2 per 15 minutes", key=lambda: request.form["email"])
def link():
    return "sent"


@pages.get("/broken")
def broken():
    raise Invalid({"text": ["Say more."]})


def owner(who, read, note_id):
    return read.get(NOTES, note_id).owner == who.id


POLICIES = {
    "notes.index": policies.signed_in,
    "notes.create": policies.any_of("mentor", "coordinator"),
    "notes.show": policies.either(owner, policies.audited(policies.any_of("coordinator"))),
    "notes.change": owner,
    "notes.upload": policies.signed_in,
    "notes.opened": policies.public,
    "notes_pages.form": policies.public,
    "notes_pages.send": policies.public,
    "notes_pages.read": owner,
    "notes_pages.rewrite": owner,
    "notes_pages.renew": policies.public,
    "notes_pages.link": policies.public,
    "notes_pages.broken": policies.public,
}
NOTEBOOK = Service(name="notebook", collections=(NOTES,), blueprints=(bp, pages), policies=POLICIES)


class Caller:
    """A test client that speaks for one person."""

    def __init__(self, app, person_id="mona", roles=("mentor",), **token):
        self.app, self.client = app, app.test_client()
        self.token = token_for(app.settings, person_id, roles=roles, **token)

    def api(self, method, path, **options):
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.client.open(f"/notebook/api/notes{path}", method=method, headers=headers, **options)

    def write(self, text, **options):
        return self.api("POST", "", json={"text": text}, **options)

    def browse(self, method, path, **options):
        self.client.set_cookie("fabconnect", self.token)
        return self.client.open(f"/notebook{path}", method=method, **options)

    def csrf(self):
        """The token that forms of this person carry."""
        with self.app.test_request_context("/notebook/form", headers={"Cookie": f"fabconnect={self.token}"}):
            self.app.preprocess_request()
            return csrf_token()
