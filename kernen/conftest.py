"""The rooms' tests use the same fixtures as the tests of the house."""

from tests.conftest import sign_in, world

__all__ = ["sign_in", "world"]
