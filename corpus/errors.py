"""What can go wrong with articles.

CorpusError
├── NoSuchPath        a path that does not exist
├── NothingToRead     a folder in which no file is of a known kind
└── UnreadableFile    a file that cannot be opened or parsed as what it claims to be
"""


class CorpusError(Exception):
    """The root of all errors of this package. Its message is one line that says what to do."""


class NoSuchPath(CorpusError):
    pass


class NothingToRead(CorpusError):
    pass


class UnreadableFile(CorpusError):
    pass
