"""The environment in which tests run; loaded as a pytest plugin before the settings are read."""

import os
import tempfile

os.environ.setdefault("KERNEN_SECRET_KEY", "a-secret-that-only-the-tests-use-0123456789-abcdefghij")
os.environ.setdefault("KERNEN_DEBUG", "1")
os.environ.setdefault("KERNEN_VAR", tempfile.mkdtemp(prefix="kernen-tests-"))
os.environ.setdefault("KERNEN_LOG", "ERROR")
