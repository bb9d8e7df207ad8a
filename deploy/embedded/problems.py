"""What can go wrong on the user's machine, said in one sentence with its remedy."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Problem(Exception):
    """Something that the person at the keyboard can put right: a sentence, what to do about it, and lines of a log that show it."""

    def __init__(self, sentence: str, remedy: str, detail: Sequence[str] = ()) -> None:
        super().__init__(f"{sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy
        self.detail = tuple(detail)


def of_file(error: OSError, path: Path) -> Problem:
    """The problem behind a failed read or write of `path`."""
    where = error.filename or path
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(f"The disk that holds {where} is full.", "Free some space, or choose a HOME_FOLDER on another disk.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(f"{where} is not writable.", "Give yourself the right to write there, or choose another HOME_FOLDER.")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return Problem(f"{where} is a file where a folder is needed.", "Move it away, or choose another HOME_FOLDER.")
    return Problem(f"{where} cannot be used: {error.strerror or error}.", "Choose another HOME_FOLDER.")


@contextmanager
def about_files(path: Path) -> Iterator[None]:
    """Turns an operating system error of the block into a `Problem` about `path`."""
    try:
        yield
    except OSError as error:
        raise of_file(error, path) from error
