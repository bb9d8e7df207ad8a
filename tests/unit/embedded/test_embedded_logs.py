"""Logs are followed line by line and do not grow without end."""

from embedded import logs, status


def test_only_whole_new_lines_are_followed(tmp_path):
    path = tmp_path / "web.log"
    path.write_text("old\n")
    lines = logs.follow([path], pause=0)
    positions = {path: 4}
    with path.open("a") as file:
        file.write("new\nhalf")
    assert logs._new_lines(path, positions) == ["new"]
    with path.open("a") as file:
        file.write(" whole\n")
    assert logs._new_lines(path, positions) == ["half whole"]
    lines.close()


def test_a_shortened_log_is_read_from_its_new_beginning(tmp_path):
    path = tmp_path / "web.log"
    path.write_text("a long line of before\n")
    positions = {path: path.stat().st_size}
    path.write_text("now\n")
    assert logs._new_lines(path, positions) == ["now"]


def test_a_long_log_is_set_aside_while_its_writer_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LONGEST_LOG", 10)
    path = tmp_path / "web.log"
    with path.open("a") as writer:
        writer.write("0123456789ABC\n")
        writer.flush()
        logs.shorten(tmp_path)
        writer.write("after\n")
    assert path.read_text() == "after\n"
    assert (tmp_path / "web.log.1").read_text() == "0123456789ABC\n"


def test_lines_since_a_position_that_no_longer_exists_are_all_lines(tmp_path):
    path = tmp_path / "web.log"
    path.write_text("one\ntwo\n")
    assert logs.lines_since(path, 4) == ["two"]
    assert logs.lines_since(path, 400) == ["one", "two"]
    assert logs.lines_since(tmp_path / "none.log", 0) == []


def test_durations_are_read_at_a_glance():
    assert [status.duration(seconds) for seconds in (0, 59.9, 67, 7_500, 86_400, 187_200)] == [
        "0 s",
        "59 s",
        "1 min 7 s",
        "2 h 5 min",
        "1 d",
        "2 d 4 h",
    ]
