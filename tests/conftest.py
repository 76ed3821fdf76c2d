"""Every test speaks English, whatever the machine speaks; the others say so."""

from __future__ import annotations

import os

os.environ["LC_ALL"] = "C"
