"""The one table of exit codes, and how each kind of failure comes to its code and its message."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from enum import IntEnum

import typer

from sanctionscreen.errors import EngineError, SanctionScreenError, StaleListError, WatchlistError

PROGRAM = "sanctionscreen"
# Typer names only this child of Click's UsageError, and newer Typer carries a Click of its own.
UsageError = typer.BadParameter.__base__ or typer.BadParameter


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    FINDINGS = 1
    UNUSABLE = 2
    LISTS = 3
    UNSCREENABLE = 4
    INTERNAL = 70
    INTERRUPTED = 130
    READER_GONE = 141


MEANINGS = {
    ExitCode.DONE: "done; for tests and checks: all passed",
    ExitCode.FINDINGS: "done, with findings at or above `--fail-on`; `rules check` and `rules test` with faults; "
    "`runs verify` and `runs replay` where something is not as it was",
    ExitCode.UNUSABLE: "usage, configuration, input or output file, or rule pack cannot be used",
    ExitCode.LISTS: "lists are missing, stale, retired or damaged where the profile requires them (see "
    "`--allow-stale`), `lists status` was asked for them, `runs replay` needs a version that is gone, or they come "
    "with the program",
    ExitCode.UNSCREENABLE: "more rows not screenable than `--max-unscreenable` allows",
    ExitCode.INTERNAL: "a fault of sanctionscreen itself",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C (128 + SIGINT, as shells count)",
    ExitCode.READER_GONE: "the reader of the output went away (128 + SIGPIPE)",
}


def guarded(action: Callable[[], int], *, debug: bool = False) -> int:
    """Run a command; whatever goes wrong becomes a message on standard error and an exit code."""
    try:
        return action()
    except KeyboardInterrupt:
        say("stopped; no result file was written")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return ExitCode.READER_GONE
    except typer.Exit as wanted:
        return wanted.exit_code
    except OSError as refused:  # a full disk, a name too long, a loop of links: nothing the program can mend
        if debug:
            traceback.print_exc()
        _give_up_output()
        say(f"{refused.filename or 'the output'} cannot be used: {refused.strerror or refused}")
        return ExitCode.UNUSABLE
    except Exception as error:  # noqa: BLE001  # the edge: every failure gets a code of its own, never 1
        if debug:
            traceback.print_exc()
        return _failed(error)


def _failed(error: Exception) -> int:
    if isinstance(error, UsageError):
        error.show()  # type: ignore[attr-defined]  # Click's, see above
        return ExitCode.UNUSABLE
    faults = list(leaves(error))
    if any(isinstance(fault, EngineError) or not isinstance(fault, SanctionScreenError) for fault in faults):
        return _own_fault(error)
    for fault in faults:
        say(str(fault))
    if isinstance(error, ExceptionGroup):
        say(error.message)
    return ExitCode.LISTS if any(map(_is_about_lists, faults)) else ExitCode.UNUSABLE


def _is_about_lists(fault: BaseException) -> bool:
    gone = isinstance(fault, WatchlistError) and isinstance(fault.__cause__, OSError)
    return gone or isinstance(fault, StaleListError)


def leaves(error: BaseException) -> Iterator[BaseException]:
    """The errors of a group, one by one; an error alone is its own leaf."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


def _own_fault(error: Exception) -> int:
    what = str(error) if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
    say(what)
    say("this is a fault of sanctionscreen, not of your file; run again with --debug and report what it prints")
    return ExitCode.INTERNAL


def _give_up_output() -> None:
    """Point standard output at nothing, so that flushing it at the end of the process fails no second time."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # no stream of the system's: nothing to flush into


def printable(text: str) -> str:
    """Text without what a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else f"<{ord(c):x}>" for c in text)


def say(message: str) -> None:
    """A line on standard error, under the program's name."""
    try:
        print(f"{PROGRAM}: {printable(message)}", file=sys.stderr)  # noqa: T201
    except (OSError, ValueError):
        return  # nobody listens; the exit code still speaks
