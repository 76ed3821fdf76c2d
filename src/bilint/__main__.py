"""`python -m bilint`: the command line where the command itself is not on the path."""

from __future__ import annotations

from bilint.cli import main

if __name__ == "__main__":
    main(prog_name="bilint")
