"""The command line: arguments in, text and exit codes out; every decision is made in the rooms below."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main", "run"]


def main() -> None:
    """Entry point of the program."""
    import gc
    import os
    import signal

    # Tables and lists live as long as the process: to go through them for garbage takes a sixth of a short run.
    gc.set_threshold(500_000)  # objects; a run over few rows makes 300,000, and a pass over 100,000 takes 40 ms

    for stop in ("SIGTERM", "SIGHUP"):  # as Ctrl-C: leave no half of a file behind
        number = getattr(signal, stop, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(number, lambda received, _: sys.exit(128 + received))
    if sys.stdin is None:  # a daemon's streams may be closed
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for the life of the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as above
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as above
    code = run(sys.argv[1:])
    gc.freeze()  # they go with the process: to look through them once more at its end takes an eighth of a short run
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code (the table is in `exits.py`)."""
    from typer.main import get_command

    from sanctionscreen.cli.exits import PROGRAM, guarded
    from sanctionscreen.cli.program import application

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a letter gets its number
            stream.reconfigure(errors="backslashreplace")
    wanted, debug = _without_debug(arguments)
    command = get_command(application(wanted))

    def invoke() -> int:
        with command.make_context(PROGRAM, wanted) as context:
            code = command.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0

    return guarded(invoke, debug=debug)


def _without_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """`--debug` counts wherever it stands before `--`: people add it at the end of the line that failed."""
    held = list(arguments)
    end = held.index("--") if "--" in held else len(held)
    wanted = [part for part in held[:end] if part != "--debug"]
    return wanted + held[end:], len(wanted) < end
