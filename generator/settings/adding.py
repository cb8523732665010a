"""Topics → the text of mkdocs.yml with them added; comments, order and everything else stay as they are."""

from collections.abc import Sequence

import yaml

from generator.settings.schema import TopicSettings
from generator.settings.wording import SECTION

_WIDTH = 1_000_000


class CannotAddError(Exception):
    """The text gives no place for new topics; `line` is where they would go, `reason` why they cannot."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def topic_line(topic: TopicSettings) -> str:
    """`- {name: SLAM, any: [SLAM, visual odometry]}`."""
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in topic if value}
    text = yaml.safe_dump(values, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return f"- {text.strip()}"


def with_topics(text: str, topics: Sequence[TopicSettings]) -> str:
    """`text`, the YAML of a settings file, with `topics` after its last one; CannotAddError when there is no place."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    place, indent, head = _place(yaml.compose(text, Loader=yaml.SafeLoader))
    if place > 0 and place <= len(lines) and not lines[place - 1].endswith("\n"):
        lines[place - 1] += end
    new = [*head, *(topic_line(topic) for topic in topics)]
    lines[place:place] = [f"{' ' * (indent if line.startswith('-') else indent - 2)}{line}{end}" for line in new]
    return "".join(lines)


def _place(root: yaml.Node | None) -> tuple[int, int, list[str]]:
    """Before which line (from 0) topics go, how far their hyphens are indented, and what must stand above them."""
    node = root
    for key in SECTION:
        node = _value(node, key)
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        line = node.start_mark.line + 1 if node else None
        raise CannotAddError(line, f"{'.'.join(SECTION)} is not written as keys one below the other")
    topics = _value(node, "topics")
    indent = node.value[0][0].start_mark.column + 2
    if topics is None:
        return _after(node), indent, ["topics:"]
    if isinstance(topics, yaml.SequenceNode) and not topics.flow_style and topics.value:
        return _after(topics), topics.start_mark.column, []
    if isinstance(topics, yaml.ScalarNode) and not topics.value:
        return topics.start_mark.line + 1, indent, []
    raise CannotAddError(topics.start_mark.line + 1, "topics is not written as one topic below the other")


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _after(node: yaml.Node) -> int:
    """The line after a value's last; the end that YAML tells of a block lies behind the comments after it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return int(node.end_mark.line) + (1 if node.end_mark.column else 0)
