"""The styles of a Word document that say of a paragraph or a run what its text does not: hidden, or table of contents.

>>> Styles(None).hidden
frozenset()

A style that is based on such a style is one too. Fonts, sizes and colours are not looked at.
"""

import re
from typing import TYPE_CHECKING

from analysis.read.wordxml import attribute, child_of, family, is_on, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Word keeps these names in English whatever language it speaks (ECMA-376, 17.7.4.9).
_CONTENTS = re.compile(r"(?i)toc [1-9]|table of figures")


class Styles:
    """Ids of the styles that matter."""

    def __init__(self, styles: "Element | None") -> None:
        known = (
            {attribute(node, "styleId") or "": node for node in styles if name_of(node) == "style"} if styles is not None else {}
        )
        self.hidden = frozenset(name for name in known if any(map(_hides, family(name, known))))
        self.contents = frozenset(name for name in known if any(map(_of_contents, family(name, known))))


def _hides(style: "Element") -> bool:
    return is_on(child_of(child_of(style, "rPr"), "vanish"))


def _of_contents(style: "Element") -> bool:
    return bool(_CONTENTS.fullmatch(value_of(style, "name")))
