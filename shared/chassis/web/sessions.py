"""Flask's signed session cookie, for the few pages that need one; all other requests pay nothing for it."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class RareSessions(SecureCookieSessionInterface):
    """Looks at a session only when the browser sends one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The browser's session, or an empty one."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)
