"""Retort as one sees it in JupyterLab: Chromium at its pages. Screenshots stay in kernel/target/screenshots."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from jupyter_client.kernelspec import KernelSpecManager
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = ROOT / "kernel/target/screenshots"
LIMIT = 120_000  # milliseconds

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")
expect.set_options(timeout=LIMIT)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, server, screenshot):
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.set_default_timeout(LIMIT)
    yield page
    screenshot(page)
    page.close()
    for session in server.call("api/sessions"):
        server.call(f"api/sessions/{session['id']}", "DELETE")


@pytest.fixture
def screenshot(request):
    """Takes a picture of a page as it is now; how a test leaves its page is taken anyway."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = request.node.name.removeprefix("test_")
    return lambda page, part="": page.screenshot(path=SCREENSHOTS / f"{name}{part}.png")


class Notebook:
    """A notebook that is open in JupyterLab, its kernel ready."""

    def __init__(self, page, server, name, *cells):
        metadata = {"kernelspec": {"name": "retort", "display_name": "Retort (Java)", "language": "java"}}
        content = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=metadata)
        nbformat.write(content, server.folder / f"{name}.ipynb")
        self.page = page
        page.goto(f"{server.url}lab/tree/{name}.ipynb?token={server.token}&reset")
        self.await_idle()

    def await_idle(self):
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("Retort (Java) | Idle")

    def cell(self, index):
        return self.page.locator(".jp-NotebookPanel .jp-Cell").nth(index)

    def edit(self, index):
        """Puts the cursor behind the last character of a cell."""
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+End")

    def run(self, index):
        self.edit(index)
        self.page.keyboard.press("Control+Enter")

    def output(self, index):
        return self.cell(index).locator(".jp-OutputArea-output")


@pytest.fixture
def notebook(page, server, request):
    """Opens a notebook with the given cells."""
    return lambda *cells: Notebook(page, server, request.node.name, *cells)


def test_a_notebook_from_the_launcher_runs_a_cell(page, server):
    page.goto(f"{server.url}lab?token={server.token}&reset")
    page.locator(".jp-LauncherCard[data-category=Notebook]", has_text="Retort (Java)").click()
    expect(page.get_by_text("Retort (Java) | Idle")).to_be_visible(timeout=60_000)  # JupyterLab drops what is run before.
    page.locator(".jp-Notebook .cm-content").click()
    page.keyboard.type('var words = List.of("flask", "retort");\nwords.size()')
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-OutputArea-executeResult")).to_contain_text("2")


def test_tab_completes_a_member(page, notebook, screenshot):
    opened = notebook("System.out.pr")
    opened.edit(0)
    page.keyboard.press("Tab")
    println = page.locator(".jp-Completer-item", has_text="println").first
    expect(println).to_be_visible()
    screenshot(page, "_list")
    println.click()
    expect(opened.cell(0).locator(".cm-content")).to_contain_text("System.out.println(")


def test_shift_tab_shows_documentation(page, notebook, kernel_name):
    opened = notebook("String.valueOf(")
    opened.edit(0)
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("valueOf(")
    java = Path(KernelSpecManager().get_kernel_spec(kernel_name).argv[0])
    if (java.parents[1] / "lib/src.zip").is_file():  # Not every JDK has the sources that its documentation is in.
        expect(page.locator(".jp-Tooltip")).to_contain_text("Returns the string representation")


def test_an_interrupted_cell_keeps_the_variables(page, notebook):
    opened = notebook('int keep = 42;\nSystem.out.println("running");\nwhile (true) {}', "keep + 1")
    opened.run(0)
    expect(opened.output(0)).to_have_text("running\n")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.keyboard.press("i")
    expect(opened.output(0).last).to_contain_text("Interrupted")
    opened.run(1)
    expect(opened.output(1)).to_contain_text("43")


def test_a_restarted_kernel_has_forgotten(page, notebook):
    opened = notebook("int gone = 1;\ngone", "gone")
    opened.run(0)
    expect(opened.output(0)).to_contain_text("1")
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    page.keyboard.press("0")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    opened.await_idle()
    opened.run(1)
    expect(opened.output(1)).to_contain_text("cannot find symbol")


def test_a_distillation_shows_its_panel_its_chart_and_a_table(page, notebook, screenshot):
    opened = notebook(
        'var digits = dataset("digits");\nvar teacher = mlp(64).fit(digits.train(), epochs(20).seed(1));',
        "var run = distill(teacher).into(mlp(8)).on(digits.train()).run(epochs(1_000_000).seed(1));",
        "plot(run)",
        "compare(digits.test(), teacher, run.student())")
    opened.run(0)
    expect(opened.output(0)).to_contain_text("done")
    opened.run(1)
    panel = opened.output(1)
    expect(panel).to_contain_text("rows/s")
    expect(panel).to_contain_text(re.compile(r"epoch ([2-9]|\d\d)"))  # There is an epoch to plot.
    early = panel.inner_text()
    expect(panel).not_to_have_text(early, use_inner_text=True)
    screenshot(page, "_live")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.keyboard.press("i")
    expect(panel.first).to_contain_text("interrupted, the student so far is kept")
    opened.await_idle()
    opened.run(2)
    expect(opened.output(2).locator("img, svg").first).to_be_visible()
    opened.run(3)
    expect(opened.output(3).locator("tr", has_text="taught by")).to_be_visible()


def test_a_subshell_console_answers_while_a_cell_runs(page, notebook):
    opened = notebook("int shared = 6;\nSystem.out.println(\"running\");\nThread.sleep(600_000);")
    opened.run(0)
    expect(opened.output(0)).to_have_text("running\n")
    opened.cell(0).click(button="right")
    with page.expect_websocket() as connecting:
        page.locator(".lm-Menu-item", has_text="New Subshell Console for Notebook").click()
    connecting.value.wait_for_event("framereceived", lambda frame: b"create_subshell_reply" in frame)
    page.locator(".jp-CodeConsole-promptCell .cm-content").click()
    page.keyboard.type("7 * shared")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-CodeConsole-content .jp-OutputArea-executeResult")).to_contain_text("42")
