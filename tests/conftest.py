"""What every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a test that fails here fails everywhere. Take it out to search for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session")
def testdata() -> Path:
    """Folder of the third-party test data, which is not part of the project."""
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ANALYSIS_TESTDATA does not name a folder: third-party test data is not part of the project")
    return Path(folder)
