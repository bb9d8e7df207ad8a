"""One instance and one Chromium for all browser tests, started by the first of them and ended after the last."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chassis.auth import token_for
from embedded.run import Instance
from support import chromium
from support.autumn import Autumn
from support.chromium import Window
from support.running import Running
from support.scene import Scene

HERE = Path(__file__).parent
OPENED = pytest.StashKey[ExitStack]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder, and gives a busy machine time."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Ends instance and Chromium as soon as no browser test follows: other tests need the memory."""
    result = yield
    if nextitem is None or HERE not in nextitem.path.parents:
        item.session.stash.get(OPENED, ExitStack()).close()
    return result


@pytest.fixture(scope="session")
def opened(request: pytest.FixtureRequest) -> Iterator[ExitStack]:
    """What was started for the tests of this folder."""
    with ExitStack() as stack:
        request.session.stash[OPENED] = stack
        yield stack


@pytest.fixture(scope="session")
def browser(opened: ExitStack) -> Browser:
    """Chromium; skips, with the reason, where there is none."""
    path = chromium.found()
    if path is None:
        pytest.skip(f"NO BROWSER TEST RUNS: none of {', '.join(chromium.NAMES)} is on the PATH. On Debian: apt-get install chromium.")
    return opened.enter_context(chromium.started(path))


@pytest.fixture(scope="session")
def running(opened: ExitStack, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Running:
    """The instance."""
    instance = opened.enter_context(Instance(tmp_path_factory.mktemp("browser"), environment={"RATE_LIMITS": "false"}))
    return opened.enter_context(closing(Running(instance)))


@pytest.fixture(scope="session")
def autumn(running: Running) -> Autumn:
    """The sample cohort, matched and published; nobody has answered yet."""
    return Autumn(running)


@pytest.fixture(scope="session")
def scene(autumn: Autumn, token: Callable[..., str]) -> Scene:
    """The sample cohort with a pair in every state."""
    return Scene(autumn, token)


@pytest.fixture
def open_window(browser: Browser, running: Running) -> Iterator[Callable[..., Window]]:
    """A factory of windows, each with its own cookies; at the end none may have complained."""
    with ExitStack() as windows:

        def open_(**options: object) -> Window:
            return windows.enter_context(closing(Window(browser, running.url, **options)))

        yield open_


@pytest.fixture(scope="session")
def token(running: Running) -> Callable[..., str]:
    """Makes access tokens: `token(person_id, "coordinator", programmes=(…), language="nl")`."""

    def make(person_id: str, *roles: str, **claims: object) -> str:
        return token_for(running.settings, person_id, roles=roles, **{"sid": "browser", "time_zone": "Europe/Amsterdam", **claims})

    return make
