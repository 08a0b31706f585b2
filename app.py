"""The web chat: python app.py [--index DIR] [--port N]. The same as `python -m rag serve`."""

import sys

from rag.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
