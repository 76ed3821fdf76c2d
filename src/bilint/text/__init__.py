"""Pure helpers on strings: scripts, words, display width, numbers, credit lines."""
