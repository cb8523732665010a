"""Plain MkDocs takes our pages as they are."""

import subprocess
import sys
from pathlib import Path


def test_mkdocs_builds_the_tree_in_strict_mode_to_the_same_pages(built: Path, repository: Path, tmp_path: Path) -> None:
    """No warning, and every page is the same byte for byte."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours = {path.relative_to(built): path.read_bytes() for path in built.rglob("*.html")}
    theirs = {path.relative_to(tmp_path / "site"): path.read_bytes() for path in (tmp_path / "site").rglob("*.html")}
    assert ours == theirs
