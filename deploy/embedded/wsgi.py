"""The four applications under their paths at one address, with a front door, a health page and the kept mail."""

import json
import os
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from werkzeug.test import Client
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from chassis import logs
from embedded import mail
from feedback.app import create_app as feedback
from notifications.app import create_app as notifications
from pairing.app import create_app as pairing
from sessions.app import create_app as sessions

HOME_PAGE = "/pairing/"


class OneOrigin:
    """Hands a request, unchanged, to the application of its first path segment; the first application answers for all other paths."""

    def __init__(self, services: dict[str, Any], others: dict[str, Any]) -> None:
        self.services = services
        self.applications = services | others

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path in ("", "/"):
            return redirect(HOME_PAGE)(environ, start_response)
        if path == "/healthz":
            return self.health()(environ, start_response)
        default = next(iter(self.services.values()))
        answer: Iterable[bytes] = self.applications.get(path.split("/")[1], default)(environ, start_response)
        return answer

    def health(self) -> Response:
        """200 when every service says that it is ready, otherwise 503; the body has each one's own words."""
        answers = {name: Client(application).get(f"/{name}/readyz") for name, application in self.services.items()}
        ready = all(answer.status_code == HTTPStatus.OK for answer in answers.values())
        words = {"status": "ready" if ready else "unavailable", "services": {name: answer.json for name, answer in answers.items()}}
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return Response(json.dumps(words), status, mimetype="application/json", headers={"Cache-Control": "no-store"})


def create() -> OneOrigin:
    """The applications as the environment configures them; the mail pages when this instance keeps its mail."""
    services = {"pairing": pairing(), "sessions": sessions(), "feedback": feedback(), "notifications": notifications()}
    folder = os.environ.get("MAIL_SINK")
    return OneOrigin(services, mail.applications(Path(folder)) if folder else {})


logs.configure(os.environ.get("LOG_LEVEL", "INFO"))
application = create()
