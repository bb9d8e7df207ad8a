"""The ways in which a command can say no; `chassis.web` maps each to one HTTP status."""

from typing import Any


class DomainError(Exception):
    """A refusal that a person can read.

    `message` is an English sentence (a message id for translation) that says what happened and what to do next;
    `params` fill its %(name)s places; `code` is stable for programs.
    """

    code = "refused"

    def __init__(self, code: str, message: str, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.code, self.message, self.params = code, message, params


class NotFound(DomainError):
    """There is no such thing (404)."""

    def __init__(self, what: str, **params: Any) -> None:
        super().__init__("not-found", "There is no such %(what)s. Go back and choose from the list.", what=what, **params)


class Refused(DomainError):
    """A rule or the present state does not allow it (409)."""


class Forbidden(DomainError):
    """This person may not do that (403)."""


class Invalid(DomainError):
    """The input is wrong (422); `errors` maps a field to its sentences."""

    def __init__(self, errors: dict[str, list[str]], message: str = "Some fields need another look.", **params: Any) -> None:
        super().__init__("invalid", message, **params)
        self.errors = errors


class Stale(DomainError):
    """Somebody changed it in the meantime (412)."""

    def __init__(self, message: str = "Somebody changed this in the meantime. Load it again, then repeat your change.") -> None:
        super().__init__("stale", message)


class Unavailable(DomainError):
    """Something this needs does not answer at present (503)."""
