"""`python -m bilint`: the command line where the command itself is not on the path."""

from __future__ import annotations

import os
import sys

# Python looks for modules in the working directory first, then: often a checked tree, of which nothing may be executed.
if __name__ == "__main__" and sys.path and sys.path[0] == os.getcwd():
    del sys.path[0]

from bilint.cli import main

if __name__ == "__main__":
    main(prog_name="bilint")
