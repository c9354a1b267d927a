"""A person without a mouse: everything by Tab, Enter, Space, arrows and typing, and the focus is always seen."""

import re

# Where the focus stands: whether something is drawn around it, whether it lies in the window, and what it is.
FOCUS = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return {seen: true, inside: true, what: "body"};
    const drawn = (one) => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    const holder = node.closest("label, .control-box, .select, .holds") || node.parentElement;
    const box = (node.matches("[type=file], [type=radio], [type=checkbox]") ? holder : node).getBoundingClientRect();
    return {
        seen: drawn(node) || drawn(holder) || drawn(node.parentElement),
        inside: box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        what: (node.getAttribute("aria-label") || node.id || node.textContent || node.outerHTML).trim().slice(0, 60),
    };
}"""
# Whether the focus has moved on in the order of the document since the last time; remembered on the page.
FORWARD = """() => {
    const before = window.lastFocus, now = document.activeElement;
    window.lastFocus = now;
    return !before || !before.isConnected || before === now
        || Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
BACKWARD = FORWARD.replace("FOLLOWING", "PRECEDING")
# How many options of a select lie between the chosen one and the one of this name.
STEPS = """(node, label) => {
    const options = [...node.options].filter((option) => !option.disabled);
    return options.findIndex((option) => option.label === label) - options.indexOf(node.selectedOptions[0]);
}"""


class Keys:
    """One page in the hands of that person."""

    def __init__(self, page):
        self.page = page
        # Somebody listens from the beginning: a chooser that opens before the first wait would be the system's own.
        page.on("filechooser", lambda chooser: None)

    def to(self, *targets, most=60, back=False):
        """With Tab until one of these has the focus; nothing on the way is unseen or out of order."""
        self.page.evaluate("delete window.lastFocus")
        key, in_order = ("Shift+Tab", BACKWARD) if back else ("Tab", FORWARD)
        for _ in range(most):
            if any(target.evaluate("node => node === document.activeElement") for target in targets):
                return
            self.page.keyboard.press(key)
            stop = self.page.evaluate(FOCUS)
            assert stop["seen"], f"nothing shows that the focus is at «{stop['what']}»"
            assert stop["inside"], f"«{stop['what']}» has the focus outside of the window"
            assert self.page.evaluate(in_order), f"the focus jumps to «{stop['what']}»"
        raise AssertionError(f"Tab never came to {targets}")

    def press(self, name: str, *, role="button", within=None):
        """Goes to what is called so (in `main`, or in the part named) and presses it."""
        names = re.compile(rf"^{re.escape(name)}( \*| \(.*\))?$")
        found = self.page.locator(within or "main").get_by_role(role, name=names)
        self.to(found.first)
        self.page.keyboard.press("Enter")

    def write(self, field, text: str):
        self.to(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, select, label: str, *, back=False):
        """With the arrows, one option at a time."""
        self.to(select, back=back)
        steps = select.evaluate(STEPS, label)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        shown = select.evaluate("node => node.selectedOptions[0].label")
        assert shown == label, (label, shown)

    def files(self, file_input, *files):
        """Opens the chooser from the keyboard; what the system's own window does next is not ours."""
        self.to(file_input)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(list(files))
