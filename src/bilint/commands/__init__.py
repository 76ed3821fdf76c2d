"""What each command does and prints, and its exit code; the words of the command line are translated in `cli`."""
