"""Launcher of a checkout: ``python cli.py`` is ``briefings``."""

from briefings.cli import main

if __name__ == "__main__":
    main()
