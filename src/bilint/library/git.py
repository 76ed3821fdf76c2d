"""The one door to Git: what a strange repository says in its configuration, hooks and attributes starts no program.

Three things keep it shut. Only plumbing is asked (`COMMANDS`), which needs no hook, filter, pager, editor or signature
check to answer, so a key that some later Git knows has nobody to read it. Every key of git-config(1) that names a
program and that these commands could come near to is overruled on the command line, system and user configuration are
not read, and no transport is allowed: what a partial clone lacks is missing. And the git directory is named to Git, not
searched by it, so that no `core.worktree` and no repository hidden among plain files is stumbled upon.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, NamedTuple

from bilint.library.git_directory import Place
from bilint.messages import phrase
from bilint.messages.system import reason

COMMANDS = frozenset({"rev-parse", "rev-list", "diff-tree", "cat-file", "ls-files"})
_SECONDS = 60
"""How long one question may take; `ls-files` over 100,000 files takes less than one second."""
_FAREWELL = 5
"""How many seconds a Git may take to end, once it is told to."""
_IDS = frozenset({40, 64})
"""The length of an object's name in hex: SHA-1, SHA-256. No status of a file is as long."""
_SPECIAL = frozenset({"symlink", "dangling", "loop", "notdir"})
_OFF = {
    "core.alternateRefsCommand": "",
    "core.askPass": "",
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",
    "core.editor": "false",
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.gitProxy": "",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.sshCommand": "false",
    "core.untrackedCache": "false",
    "core.useReplaceRefs": "false",
    "credential.helper": "",
    "diff.external": "",
    "gpg.openpgp.program": "false",
    "gpg.program": "false",
    "gpg.ssh.defaultKeyCommand": "",
    "gpg.ssh.program": "false",
    "gpg.x509.program": "false",
    "interactive.diffFilter": "",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "sequence.editor": "false",
    "uploadpack.packObjectsHook": "",
}
_KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What Git gets of the environment; in a hook, GIT_DIR and the like would lead to another repository."""
_SET = {
    "GIT_ALLOW_PROTOCOL": "",  # outranks `protocol.<name>.allow` of any file
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class GitError(Exception):
    """Git could not answer; the text is what it says, in one line."""


class NoAnswerError(GitError):
    """Git has not answered in time: a dead network mount, a disk that sleeps, another `git` on the way to it."""

    def __init__(self) -> None:
        super().__init__(phrase("git has not answered within {seconds} s", seconds=_SECONDS))


_silent: set[Path] = set()
"""The git directories that have not answered in time: a run waits for each of them once, not once an article."""


class GitObject(NamedTuple):
    """What Git has under a name; `body` is None when it is larger than asked for."""

    id: str
    kind: str
    body: bytes | None


def commit(place: Place, revision: str) -> str:
    """Return the id of the commit at a revision. Raises GitError when there is none."""
    return _ask(place, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()


def history(place: Place, revision: str, path: str, most: int) -> list[str]:
    """Return the newest commits up to a revision, at most `most`, that changed the file at `path` below the top."""
    words = (f"--max-count={most}", "--end-of-options", revision, "--", f":(top,literal){path}")
    return _ask(place, "rev-list", *words).decode().split()


def last_changes(place: Place, revision: str, folder: str = "") -> Mapping[str, str]:
    """Return the files below a folder (relative to the top; empty for all) with the newest commit that changed each.

    All commits up to the revision are walked once, whatever the number of files. What a merge took over from one of its
    parents it has not changed. Raises GitError.
    """
    names = ("-r", "-c", "-z", "--root", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv")
    within = ("--", f":(top,literal){folder}") if folder else ()
    commits = _start(
        _words(place, "rev-list", "--end-of-options", revision), stdin=subprocess.DEVNULL, errors=subprocess.DEVNULL
    )
    try:
        answer = _ask(place, "diff-tree", "--stdin", *names, *within, stdin=commits.stdout)
        if commits.wait(_SECONDS) != 0:
            raise GitError(phrase("git cannot list the commits"))
    except subprocess.TimeoutExpired as error:
        _silent.add(place.directory)
        raise NoAnswerError from error
    finally:
        _stop(commits)
    return _newest(answer.split(b"\0"))


def _newest(words: Sequence[bytes]) -> Mapping[str, str]:
    """What `diff-tree --stdin -z --name-status` says: a commit, and for each file a status and the path."""
    newest: dict[str, str] = {}
    commit, at = "", 0
    while at < len(words) - 1:
        if len(words[at]) in _IDS:
            commit, at = words[at].decode(), at + 1
        else:
            newest.setdefault(os.fsdecode(words[at + 1]), commit)
            at += 2
    return newest


def listed(place: Place, folder: Path) -> Iterator[str]:
    """Yield what is tracked or not ignored below a folder of the work tree, relative to it, in Git's order.

    A repository inside that is no submodule ends with a slash. Raises GitError.
    """
    answer = _ask(place, "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=folder)
    return (os.fsdecode(name) for name in answer.split(b"\0") if name)


def tracked(place: Place, folder: Path, name: str) -> list[str]:
    """Return what is tracked at a name in a folder of the work tree, or below it, in any spelling of small and capital.

    The paths are relative to the folder. Raises GitError.
    """
    answer = _ask(place, "ls-files", "-z", "--cached", "--", f":(icase){name}", folder=folder)
    return [os.fsdecode(found) for found in answer.split(b"\0") if found]


def is_listed(place: Place, path: str) -> bool:
    """Return whether the file at `path` below the top is tracked or not ignored. Raises GitError."""
    words = ("-z", "--cached", "--others", "--exclude-standard", "--", f":(top,literal){path}")
    return bool(_ask(place, "ls-files", *words, folder=place.top))


class Batch:
    """A running `git cat-file --batch`, ended with this object."""

    def __init__(self, place: Place) -> None:
        self._owner = os.getpid()
        self._directory = place.directory
        self._is_over = False
        words = _words(place, "cat-file", "--batch", "--follow-symlinks")
        self._process = _start(words, stdin=subprocess.PIPE, errors=subprocess.DEVNULL)
        self._reader = _Reader(self._process)
        weakref.finalize(self, _end, self._process, self._reader, self._owner)

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked: not when an answer broke off, nor by a process that was forked after its start."""
        return not self._is_over and self._owner == os.getpid()

    def read(self, name: str, most: int) -> GitObject | None:
        """Return an object; None when there is none of that name. Raises GitError when Git has ended, or is silent."""
        try:
            found = self._reader.read(name, most)
            if found and found.body is None:  # what is left unread may be as long as its author liked
                self._is_over = True
                self._reader.end()
                _stop(self._process)
            return found
        except BaseException as error:  # also that an article is out of time: the next must not get its answer
            self._is_over = True
            self._reader.end()
            _kill(self._process)
            if self._reader.is_over():
                _close(self._process)
            if isinstance(error, NoAnswerError):
                _silent.add(self._directory)
            raise


def _answer(process: subprocess.Popen[bytes], name: str, most: int) -> GitObject | None:
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None
    try:
        stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        stdin.flush()
    except OSError as error:
        raise GitError(phrase("git has ended unexpectedly")) from error
    words = stdout.readline().decode("utf-8", "replace").split()
    if not words:
        raise GitError(phrase("git has ended unexpectedly"))
    if not words[-1].isdigit():  # missing, ambiguous
        return None
    size = int(words[-1])
    if words[0] not in _SPECIAL and size > most:
        return GitObject(words[0], words[1], None)
    body = stdout.read(size)
    stdout.read(1)
    return None if words[0] in _SPECIAL else GitObject(words[0], words[1], body)


class _Reader:
    """Asks in a thread, since a pipe cannot be waited for with a limit on every system.

    Nobody waits for the thread at the end: what keeps the pipe open may outlive the Git that was killed.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._questions: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._answers: SimpleQueue[GitObject | BaseException | None] = SimpleQueue()
        work = partial(_read, process, self._questions, self._answers)
        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    def read(self, name: str, most: int) -> GitObject | None:
        """Return the answer, or raise what asking raised. Raises NoAnswerError when it takes too long."""
        self._questions.put((name, most))
        try:
            answer = self._answers.get(timeout=_SECONDS)
        except Empty:
            raise NoAnswerError from None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def end(self) -> None:
        """Ask nothing any more."""
        self._questions.put(None)

    def is_over(self) -> bool:
        """Return whether nobody reads from the pipe any more, which may take until what was killed has ended."""
        self._thread.join(_FAREWELL)
        return not self._thread.is_alive()


def _read(
    process: subprocess.Popen[bytes],
    questions: SimpleQueue[tuple[str, int] | None],
    answers: SimpleQueue[GitObject | BaseException | None],
) -> None:
    for name, most in iter(questions.get, None):
        try:
            answers.put(_answer(process, name, most))
        except BaseException as error:
            answers.put(error)


def _end(process: subprocess.Popen[bytes], reader: _Reader, owner: int) -> None:
    """End a Git that waits for questions: nothing more to read is its sign."""
    if owner != os.getpid():
        return
    reader.end()
    if process.returncode is not None:
        return
    _close(process)
    try:
        process.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        _kill(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in filter(None, (process.stdin, process.stdout, process.stderr)):
        with suppress(OSError):
            stream.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a Git with what it has started (it may be a script around another); one the system holds is left behind."""
    with suppress(OSError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_FAREWELL)


def _words(place: Place, command: str, *words: str) -> list[str]:
    assert command in COMMANDS, "only plumbing starts no program"
    if place.directory in _silent:
        raise NoAnswerError
    options = (word for key, value in _OFF.items() for word in ("-c", f"{key}={value}"))
    tree = [f"--work-tree={place.top}"] if place.top and command == "ls-files" else []
    return [_program(), "--no-pager", f"--git-dir={place.directory}", *tree, *options, command, *words]


def _program() -> str:
    """Return the full path of Git: a `git` in the working directory (Windows, a dot in PATH) is not meant."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        file = os.path.join(folder, name)
        if os.path.isabs(folder) and os.access(file, os.X_OK) and os.path.isfile(file):
            return file
    raise GitError(phrase("git is not installed"))


def _start(
    words: list[str], *, stdin: int | IO[bytes] | None, errors: int | IO[bytes], folder: Path | None = None
) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    group = None if os.name == "nt" else 0  # of its own, so that all of it can be killed
    try:
        return subprocess.Popen(
            words,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**kept, **_SET},
            process_group=group,
        )
    except OSError as error:
        raise GitError(phrase("git cannot be started: {why}", why=reason(error))) from error


def _ask(place: Place, command: str, *words: str, folder: Path | None = None, stdin: IO[bytes] | None = None) -> bytes:
    process = _start(
        _words(place, command, *words),
        stdin=stdin or subprocess.DEVNULL,
        errors=subprocess.PIPE,
        folder=folder or place.directory,
    )
    try:
        answer, said = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        _silent.add(place.directory)
        raise NoAnswerError from error
    finally:
        _stop(process)
    if process.returncode != 0:
        lines = (line for line in said.decode("utf-8", "replace").split("\n") if not line.startswith("hint: "))
        raise GitError(next(filter(None, lines), "git failed").removeprefix("fatal: "))
    return answer


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        _kill(process)
    if os.name != "nt":  # there a thread may still read what it says
        _close(process)
