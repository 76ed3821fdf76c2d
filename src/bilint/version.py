"""The version of bilint."""

__version__ = "0.1.0"
