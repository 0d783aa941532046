"""Runs a command and ends it, with everything it started, as soon as whoever asked for it is gone.

Called as `python -I quarto_leash.py COMMAND …` in a session of its own, with a pipe as standard input that the caller holds
open and writes nothing to. The pipe closes when the caller ends, by whatever means; then the whole process group is
killed. Exit status: the command's, 128 + n where signal n ended it, 126 where it could not be started.
"""

import os
import signal
import subprocess
import sys
import threading

NOT_STARTED = 126


def _watch() -> None:
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_watch, daemon=True).start()
    try:
        status = subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        print(error.strerror, flush=True)
        status = NOT_STARTED
    os._exit(status if status >= 0 else 128 - status)
