"""The log files of an instance: read, followed, and kept short."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

LONGEST_LOG = 20 * 1024 * 1024


def shorten(folder: Path) -> None:
    """Moves what a long log holds to NAME.log.1; processes go on writing to the same, emptied file."""
    for path in folder.glob("*.log"):
        try:
            if path.stat().st_size > LONGEST_LOG:
                shutil.copyfile(path, path.with_suffix(".log.1"))
                with path.open("r+b") as file:
                    file.truncate(0)
        except OSError:
            continue


def size(path: Path) -> int:
    """Bytes in a log; none when it does not exist."""
    return path.stat().st_size if path.exists() else 0


def lines_since(path: Path, position: int) -> list[str]:
    """The lines written after `position` bytes, of those at most the last 200."""
    try:
        content = path.read_bytes()
    except OSError:
        return []
    return content[position if position <= len(content) else 0 :].decode(errors="replace").splitlines()[-200:]


def follow(paths: list[Path], pause: float = 0.3) -> Iterator[tuple[str, str]]:
    """Name and line of each line written from now on to any of the logs, for ever."""
    positions = {path: size(path) for path in paths}
    while True:
        for path in paths:
            for line in _new_lines(path, positions):
                yield path.stem, line
        time.sleep(pause)


def _new_lines(path: Path, positions: dict[Path, int]) -> list[str]:
    if not path.exists():
        return []
    if path.stat().st_size < positions[path]:
        positions[path] = 0
    with path.open("rb") as file:
        file.seek(positions[path])
        whole, _, _ = file.read().rpartition(b"\n")
    positions[path] += len(whole) + 1 if whole else 0
    return whole.decode(errors="replace").splitlines()
