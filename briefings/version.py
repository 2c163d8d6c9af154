"""The version: in one place, where every part of the house can see it."""

__version__ = "0.1.0"
