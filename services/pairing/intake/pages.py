"""The public form: start, one page per step, later, sent. It works without an account; a cookie finds the draft again."""

from typing import Any

from flask import Response, make_response, redirect, request

from chassis.errors import Invalid, NotFound
from chassis.web import page_blueprint, posted, sensitive, unit
from pairing.accounts.commands import ASKS_PER_ADDRESSEE
from pairing.consents.ages import least_age
from pairing.consents.model import CONSENT
from pairing.consents.texts import current
from pairing.intake import commands, cookies, steps, words
from pairing.intake.cookies import PATH
from pairing.intake.model import Application
from pairing.intake.repository import APPLICATIONS
from pairing.intake.steps import STEPS, Step
from pairing.people import where_when
from pairing.people.cells import Wrong
from pairing.people.cells import email as read_email
from pairing.people.findings import Finding
from pairing.people.model import age
from pairing.programmes.model import Programme
from ui import gettext as _
from ui import page
from ui.reader import reader

STARTS_PER_CALLER, STEPS_PER_CALLER, MAILS_PER_CALLER = "120 per 15 minutes", "1500 per 15 minutes", "100 per 15 minutes"
"""A whole class may fill in the form behind one network address."""
TRAP = "website"
"""A field that nobody sees and programs fill in."""
COMING = MAIL, GUARDIAN, CHECK = ("mail", "guardian", "check")
"""What comes after a form: her mail alone, her guardian's too, or her background check. The address of the last page says it, no record."""

pages = page_blueprint("join", service="pairing")


@pages.get("/join/<token>")
def show(token: str) -> Any:
    """What the programme is, and who wants to come: mentor or mentee."""
    programme = commands.way_in(unit(), token)
    return page("intake/start.html", token=token, programme=programme, begun=_begun(programme), lost="lost" in request.args, errors={})


@pages.post("/join/<token>")
@sensitive(STARTS_PER_CALLER)
def start(token: str) -> Any:
    """Begins a form."""
    programme, role = commands.way_in(unit(), token), request.form.get("role", "")
    if role not in STEPS:
        errors = {"role": _("Choose one of the two.")}
        return page("intake/start.html", token=token, programme=programme, begun=None, lost=False, errors=errors), 422
    application, key = commands.start(unit(), programme, role, reader().language)
    return cookies.keep(_to(token, _steps(application)[0].code), key)


@pages.get("/join/<token>/<step>")
def fill_in(token: str, step: str) -> Any:
    """One step with what was saved of it."""
    programme = commands.way_in(unit(), token)
    application = _begun(programme)
    if application is None:
        return redirect(f"{PATH}/{token}?lost", 303)
    return _render(token, programme, application, _step(application, step), {})


@pages.post("/join/<token>/<step>")
@sensitive(STEPS_PER_CALLER)
def save(token: str, step: str) -> Any:
    """Keeps the step and goes on, back, or away; what is wrong is told before going on, and the last step sends the form."""
    programme = commands.way_in(unit(), token)
    application = _begun(programme)
    if application is None:
        return redirect(f"{PATH}/{token}?lost", 303)
    here, go = _step(application, step), request.form.get("go", "")
    application.save({name: request.form.getlist(name) for name in here.fields}, reader().language, unit().now)
    codes = [each.code for each in _steps(application)]
    if go == "back":
        return _to(token, codes[max(0, codes.index(step) - 1)] if step in codes else codes[0])
    if go == "later":
        return _to(token, "later")
    wrong = steps.wrong_in(here, application.role, application.answers, unit().now.date())
    if wrong:
        return _render(token, programme, application, here, wrong), 422
    return _to(token, codes[codes.index(step) + 1]) if step != codes[-1] else _send(token, programme, application)


@pages.get("/join/<token>/later")
def later(token: str) -> Any:
    """Where to send the link by which to go on."""
    application = _begun(commands.way_in(unit(), token))
    if application is None:
        return redirect(f"{PATH}/{token}?lost", 303)
    return page("intake/later.html", token=token, email=(application.answers.get("email") or ("",))[0], errors={}, sent=False)


@pages.post("/join/<token>/later")
@sensitive(MAILS_PER_CALLER)
@sensitive(ASKS_PER_ADDRESSEE, key=posted("email"))
def mail_later(token: str) -> Any:
    """Has the link mailed, and forgets the form at this browser, which may be anybody's."""
    application, email = _begun(commands.way_in(unit(), token)), request.form.get("email", "").strip()
    if application is None:
        return redirect(f"{PATH}/{token}?lost", 303)
    try:
        commands.mail_draft(unit(), application, read_email(email))
    except Wrong:
        errors = {"email": _("Write an e-mail address, like name@example.org.")}
        return page("intake/later.html", token=token, email=email[:254], errors=errors, sent=False), 422
    return cookies.drop(make_response(page("intake/later.html", token=token, email="", errors={}, sent=True)))


@pages.get("/join/<token>/sent")
def sent(token: str) -> str:
    """What happens now; the same whether the address was known or not. All that may happen, where nobody says what comes next."""
    said = request.args.get("next", "")
    return page("intake/sent.html", coming=said if said in COMING else "")


@pages.get("/join/resume/<draft>")
def resume(draft: str) -> str:
    """The button that opens the form again; fetching the page does nothing, because mail scanners fetch links."""
    return page("intake/resume.html", link=draft, refused=False)


@pages.post("/join/resume/<draft>")
@sensitive(MAILS_PER_CALLER)
def go_on(draft: str) -> Any:
    """Opens the form again at this browser."""
    application = commands.begun(unit(), draft)
    token = commands.address_of(unit(), application) if application else None
    if application is None or token is None:
        return page("intake/resume.html", link=draft, refused=True), 403
    return cookies.keep(_to(token, steps.unfinished(application.role, application.answers, unit().now.date()).code), draft)


def _send(token: str, programme: Programme, application: Application) -> Any:
    thanked = _to(token, f"sent?next={_coming(application)}")
    if request.form.get(TRAP):
        unit().delete(APPLICATIONS, application.id)
        return cookies.drop(thanked)
    try:
        commands.send(unit(), application)
    except Invalid:
        first, wrong = steps.first_wrong(application.role, application.answers, unit().now.date())
        return _render(token, programme, application, first, wrong), 422
    return cookies.drop(thanked)


def _coming(application: Application) -> str:
    """What comes after this form is sent, by what was typed in it alone."""
    if application.role == "mentor":
        return CHECK
    return GUARDIAN if "guardian" in [step.code for step in _steps(application)] else MAIL


def _begun(programme: Programme) -> Application | None:
    return commands.begun(unit(), cookies.presented(), programme.id)


def _steps(application: Application) -> tuple[Step, ...]:
    return steps.steps_for(application.role, application.answers, unit().now.date())


def _step(application: Application, code: str) -> Step:
    found = next((step for step in STEPS[application.role] if step.code == code), None)
    if found is None:
        raise NotFound("step")
    return found


def _render(token: str, programme: Programme, application: Application, here: Step, wrong: dict[str, Finding]) -> str:
    answers, today = application.answers, unit().now.date()
    born = steps.read(application.role, answers, today).fields.get("birth_date")
    zone = where_when.usual_zone((answers.get("country") or ("",))[0], programme.time_zone)
    usual = {"country": programme.country_pack, "time_zone": zone}
    return page(
        "intake/step.html",
        token=token,
        programme=programme,
        role=application.role,
        step=here.code,
        codes=[step.code for step in _steps(application)],
        texts={name: (answers.get(name) or (usual.get(name, ""),))[0] for name in here.fields},
        ticked={name: answers.get(name, ()) for name in here.fields},
        options=words.options(),
        days=where_when.days(),
        zones=where_when.zones([zone, *(answers.get("time_zone") or ())]),
        consent=current(CONSENT),
        herself=born is None or age(born, today) >= least_age(unit(), [programme.id]),
        errors={name: words.error(finding) for name, finding in wrong.items()},
        trap=TRAP,
    )


def _to(token: str, step: str) -> Response:
    return make_response(redirect(f"{PATH}/{token}/{step}", 303))
