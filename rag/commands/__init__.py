"""The commands of the command line, by what they are for. Each module adds its own to a parser."""

USAGE = 2
"""The exit status of an error that is the caller's to mend."""

INTERRUPTED = 130
