"""What no page may have: asked of a page that stands in the browser, answered with sentences for the report."""

from axe_playwright_python.base import AXE_SCRIPT

VIOLATIONS = """async (options) => (await axe.run(options)).violations.flatMap(
    (one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 150)}`))"""
# Without `preload`: it would write stylesheets into the page, which the content policy refuses.
BY_DAY = {"resultTypes": ["violations"], "preload": False}
BY_NIGHT = BY_DAY | {"runOnly": ["color-contrast"]}


def complaints_of_axe(page) -> list[str]:
    """Everything by day; by night the page is the same but for its colours."""
    page.evaluate(AXE_SCRIPT)
    wrong = page.evaluate(VIOLATIONS, BY_DAY)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    wrong += [f"by night {one}" for one in page.evaluate(VIOLATIONS, BY_NIGHT)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return wrong


def sideways(page, widths, *, then: dict, text="100%") -> list[str]:
    """At each of these widths, with text of this size; then the window is as it was."""
    wrong = []
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            wrong.append(f"{beyond} px wider than {width}, text {text}")
    page.set_viewport_size(then)
    page.evaluate("document.documentElement.removeAttribute('style')")
    return wrong


def listen(page) -> None:
    """`page.complaints`: what its scripts, its content policy and its requests complain of."""
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.on("response", lambda one: page.complaints.append(one.url) if one.status >= 400 else None)


def pictures(page, screenshot, name: str, sizes: dict) -> None:
    """By day and by night at each of these sizes, when somebody wants to look at them."""
    if not screenshot.is_wanted:
        return
    before = page.viewport_size
    for label, size in sizes.items():
        page.set_viewport_size(size)
        screenshot(page, f"{name}-{label}")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        screenshot(page, f"{name}-{label}-dark")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(before)
