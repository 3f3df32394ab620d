"""The few questions that Word's XML is asked, whatever namespace it is written in (both the usual and the strict one).

>>> from lxml import etree
>>> value_of(etree.XML('<w:p xmlns:w="word"><w:b w:val="1"/></w:p>'), "b")
'1'
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def name_of(node: "Element") -> str:
    """Local name of an element; empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: "Element", name: str) -> str | None:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child_of(node: "Element | None", name: str) -> "Element | None":
    """The first child of that name; None also for no node."""
    return next((child for child in node if name_of(child) == name), None) if node is not None else None


def value_of(node: "Element | None", name: str) -> str:
    """The value of a property; empty where there is none."""
    child = child_of(node, name)
    return (attribute(child, "val") or "") if child is not None else ""


def is_on(node: "Element | None") -> bool:
    """Whether a property that is there or not, such as bold, is there and not switched off."""
    return node is not None and attribute(node, "val") not in ("0", "false", "off")


def above(node: "Element", name: str) -> "Element | None":
    """The nearest element of this name that a node stands in."""
    return next((each for each in node.iterancestors() if name_of(each) == name), None)


def length(node: "Element", *names: str) -> int:
    """Number of visible characters in the elements of these names under a node."""
    return sum(len("".join((each.text or "").split())) for each in node.iter() if name_of(each) in names)


def family(name: str, styles: "Mapping[str, Element]") -> "Iterator[Element]":
    """A style, the one it is based on, and so on; each once."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = value_of(styles[name], "basedOn")
