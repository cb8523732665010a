"""What pages depend on besides content."""

from importlib import metadata

from generator.pipeline.stack import differences, our_stack


def test_the_stack_holds_what_the_program_needs_and_no_more():
    """Down to what its packages need; the tests' packages may lie beside them or not."""
    stack = our_stack()
    assert {"program", "Python", "mkdocs", "markupsafe"} <= set(stack)
    assert {"pytest", "ruff", "distributed"}.isdisjoint(stack)
    assert stack["mkdocs"] == metadata.version("mkdocs")


def test_this_process_does_not_differ_from_itself():
    """Nothing is told."""
    assert differences(our_stack()) == ""


def test_what_differs_is_told_by_name_and_version():
    """In words for the one who must mend it."""
    here = metadata.version("mkdocs")
    told = differences({**our_stack(), "mkdocs": "0.1", "no-such-package": "2", "program": "0"})
    assert told == f"other files of the program, mkdocs {here} instead of 0.1, no-such-package missing instead of 2"
