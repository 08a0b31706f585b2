"""The commands of the command line, by what they are for. Each module adds its own to a parser."""
