"""The words of error pages: a title for each status, and the sentences of the chassis, so that they are translated."""

from ui.language import mark

TITLES = {
    400: mark("That did not work"),
    401: mark("Sign in first"),
    403: mark("This is not for you"),
    404: mark("There is nothing here"),
    405: mark("That did not work"),
    409: mark("That is not possible now"),
    412: mark("Somebody was faster"),
    413: mark("Too large"),
    422: mark("Something needs another look"),
    429: mark("Slow down a little"),
    500: mark("Something broke on our side"),
    503: mark("One moment, please"),
}
"""HTTP status to the title of its page; RFC 9110 has the statuses."""

SENTENCES = (
    mark("Sign in, or send a valid token."),
    mark("You may not do this. Ask your coordinator if you think you should."),
    mark("There is nothing at this address. Go back, or start from the home page."),
    mark("This address cannot be used in this way."),
    mark("Somebody changed this in the meantime. Load it again, then repeat your change."),
    mark("This is too large. Send a smaller file or a shorter text."),
    mark("Some fields need another look."),
    mark("Load it first and send its ETag back in If-Match."),
    mark("Those were too many attempts. Wait a while, then try again."),
    mark("The database does not answer at present. Nothing was changed; try again in a few seconds."),
    mark("Something went wrong on our side and nothing was changed. Try again; if it stays, report the number below."),
    mark("This exists already. Look for it in the list instead of adding it again."),
    mark("This form is too old or was not sent from this site. Go back, load the page again, and send it once more."),
    mark("There is no such %(what)s. Go back and choose from the list."),
)
"""What `chassis.web.problems` and `chassis.web.csrf` say; a test compares them."""

NOT_FOUND = SENTENCES[2]
