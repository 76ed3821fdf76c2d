"""Pure functions on strings: scripts, words, display width, numbers, credit lines."""
