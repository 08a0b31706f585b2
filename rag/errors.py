"""What can go wrong in the assistant.

RagError
├── SettingsError       a setting that cannot be used
├── ModelError          a model that cannot be loaded
├── StoreError
│   ├── NoIndex         nothing is indexed at that place yet
│   ├── IndexLocked     another process is writing to this index
│   ├── ModelMismatch   the index was made by another embedding model: rebuild it
│   └── DamagedIndex    the ledger cannot be read
└── QuestionError       an empty question, or a filter that cannot be read
"""


class RagError(Exception):
    """The root of all errors of this package. Its message is one line that says what to do next."""


class SettingsError(RagError):
    pass


class ModelError(RagError):
    pass


class StoreError(RagError):
    pass


class NoIndex(StoreError):
    pass


class IndexLocked(StoreError):
    pass


class ModelMismatch(StoreError):
    pass


class DamagedIndex(StoreError):
    pass


class QuestionError(RagError):
    pass
