"""Nobody is led elsewhere by a link of ours."""

import pytest

from chassis.web import local_path


@pytest.mark.parametrize("path", ["/", "/pairing/pairings/1?tab=2#top", "/sessions/?next=//x", "/é"])
def test_paths_of_this_site_are_followed(path):
    assert local_path(path, "/home") == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "evil",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x",
        "///x",
        "javascript:alert(1)",
        "//[x",
    ],
)
def test_anything_else_leads_home(elsewhere):
    assert local_path(elsewhere, "/home") == "/home"
