"""The program ``ripeness``: runs one command and turns its end into an exit code.

Little is imported before :func:`main` runs, so that an interruption is explained from the start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ripeness.cli import guard
from ripeness.cli.report import ExitCode, Output, open_missing_streams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Typer's own ``app()`` is passed over, because it swallows interrupts and closed pipes before
    they could be explained.
    """
    is_program = arguments is None
    arguments = tuple(sys.argv[1:] if arguments is None else arguments)
    output = Output(arguments=arguments)
    try:
        open_missing_streams()
        if is_program:
            guard.listen_for_interrupts()
        from ripeness.cli.application import invoke

        code = invoke(arguments, output)
        sys.stdout.flush()  # here rather than at exit, so that a closed pipe can be explained
    except (Exception, KeyboardInterrupt) as error:
        output.json |= guard.wants_json(arguments)
        code = guard.report(error, output)
    if is_program and code == ExitCode.INTERRUPTED:
        # The usual exit waits for threads, and one may be compiling for half a minute yet.
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
