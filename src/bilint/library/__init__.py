"""Pages at hand: those that were fetched, the index of a folder, saved pages, web archives, Git repositories."""
