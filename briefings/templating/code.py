"""What templates are compiled to: Jinja's own code, with calls that pay for what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.compiler import Frame

# What runs as often as somebody calls it, or as its loop turns.
_BODIES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)


class Code(CodeGenerator):
    """Compiles so that loops, calls, comparisons and joined texts are paid for."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self._prices: dict[int, int] = {}  # of bodies and of the conditions of loops
        self._printing: set[int] = set()  # filters of blocks

    def visit_Template(  # noqa: N802  # the library's names, here and below
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Know what each body costs before the first is written."""
        self._prices[id(node.body)] = sum(price(inner) for inner in node.body)
        for holder in node.find_all(_BODIES):
            body: list[nodes.Node] = holder.body  # type: ignore[attr-defined]  # each has one
            self._prices[id(body)] = 1 + sum(price(inner) for inner in body)
            if isinstance(holder, nodes.For) and holder.test:
                self._prices[id(holder.test)] = 1 + price(holder.test)
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Pay for a body where it begins."""
        if cost := self._prices.get(id(nodes)):
            self.writeline(f"environment.spend({cost})")
        super().blockvisit(nodes, frame)

    def visit(self, node: nodes.Node, *args: Any, **more: Any) -> Any:  # noqa: ANN401
        """Pay for the condition of a loop each time it is asked."""
        cost = self._prices.get(id(node))
        if not cost:
            return super().visit(node, *args, **more)
        self.write(f"environment.spend({cost}) or (")
        super().visit(node, *args, **more)
        return self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Join what stands between ``~`` as it would be printed."""
        self.write("environment.concatenated(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(f"), {tuple(map(spelt, node.nodes))!r})")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        """Tell what prints how the value is called, for when it cannot be printed."""
        self.write(f", {spelt(node)!r}")
        super()._output_child_post(node, frame, finalize)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        """Note the line before what is set is asked whether it can be."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Hold what ``{% call %}`` calls to giving a text: nothing else makes one of it."""
        if not forward_caller:
            super().visit_Call(node, frame)
            return
        self.write("environment.as_text(")
        super().visit_Call(node, frame, forward_caller=forward_caller)
        self.write(")")

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        """Remember the filter that prints what the block encloses."""
        self._printing.add(id(node.filter))
        super().visit_FilterBlock(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Hold the filter of a block to giving a text, too."""
        printing = id(node) in self._printing
        self.write("environment.as_text(" if printing else "")
        super().visit_Filter(node, frame)
        self.write(")" if printing else "")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Weigh what is compared."""
        self.write("(")
        self._weighed(node.expr, frame)
        for op in node.ops:
            self.visit(op, frame)
        self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:  # noqa: N802
        """Weigh what is compared with."""
        self.write(f" {_OPERATORS[node.op]} ")
        self._weighed(node.expr, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Weigh the keys, which have to be looked through."""
        self.write("{")
        for item in node.items:
            self._weighed(item.key, frame)
            self.write(": ")
            self.visit(item.value, frame)
            self.write(", ")
        self.write("}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Pay for a piece of a text or a list."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.cut(")
        self.visit(node.node, frame)
        for end in (node.arg.start, node.arg.stop, node.arg.step):
            self.write(", ")
            if end is None:
                self.write("None")
            else:
                self.visit(end, frame)
        self.write(")")

    def visit_ScopedEvalContextModifier(  # noqa: N802
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        """Refuse ``{% autoescape %}``: what is escaped is not for a template to say."""
        del frame
        self.fail("autoescape is not for templates", node.lineno)

    def _weighed(self, node: nodes.Node, frame: Frame) -> None:
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")


_OPERATORS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}


def spelt(node: nodes.Node) -> str:
    """Return a value as a template names it, such as ``gap.matters``; nothing for what is made."""
    holder = spelt(node.node) if isinstance(node, (nodes.Getattr, nodes.Getitem)) else ""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and holder:
        return f"{holder}.{node.attr}"
    if isinstance(node, nodes.Getitem) and holder and isinstance(node.arg, nodes.Const):
        key = node.arg.value
        return f'{holder}["{key}"]' if isinstance(key, str) else f"{holder}[{key}]"
    return ""


def price(node: nodes.Node) -> int:
    """Return what one run of a piece of a template costs, without the bodies that stand in it."""
    total = 0
    waiting = [node]
    while waiting:
        here = waiting.pop()
        total += len(here.data) if isinstance(here, nodes.TemplateData) else 1
        skipped = ("body",) if isinstance(here, _BODIES) else ()
        waiting += here.iter_child_nodes(exclude=skipped)
    return total
