"""What workers elsewhere get of a repository."""

from generator.pipeline.kit import pack
from generator.pipeline.making import Workshop
from generator.settings import load_settings
from tests.pipeline.conftest import Repository


def test_linked_templates_and_theme_files_are_packed(empty: Repository):
    """A file behind a link, and a folder: Jinja finds them here, so it must find them there."""
    elsewhere = empty.root.parent / "elsewhere"
    (elsewhere / "partials").mkdir(parents=True)
    (elsewhere / "partials" / "logo.html").write_text("A logo")
    template = empty.root / "site_templates/pages/_paper.md.j2"
    data = template.read_bytes()
    template.rename(elsewhere / "paper")
    template.symlink_to(elsewhere / "paper")
    (empty.root / "site_templates/theme/linked").symlink_to(elsewhere / "partials")
    settings = load_settings(empty.root / "mkdocs.yml")
    kit = pack(settings, Workshop(settings.path, empty.root / "frame", "a key"))
    assert kit.files["site_templates/pages/_paper.md.j2"] == data
    assert kit.files["theme/linked/logo.html"] == b"A logo"
