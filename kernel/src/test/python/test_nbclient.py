"""Notebooks through nbclient, and the files that ``retort run`` writes, as nbformat sees them."""

from base64 import b64decode

import nbformat
import pytest
from conftest import ROOT, retort
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

TUTORIALS = sorted(p for p in (ROOT / "notebooks").glob("*.ipynb") if ".executed." not in p.name)


def execute(notebook, kernel_name, **options):
    return NotebookClient(notebook, kernel_name=kernel_name, timeout=900, **options).execute()


def test_nbclient_executes_cells(kernel_name):
    notebook = new_notebook(cells=[
        new_markdown_cell("# Title"),
        new_code_cell('System.out.println("ünï");\nint x = 20;'),
        new_code_cell("2 * x + 2"),
    ])
    execute(notebook, kernel_name)
    assert notebook.cells[1].outputs[0].text == "ünï\n"
    assert notebook.cells[2].outputs[0].data["text/plain"] == "42"


def test_nbclient_stops_at_a_failing_cell(kernel_name):
    notebook = new_notebook(cells=[new_code_cell("int zero = 0;\n1 / zero"), new_code_cell("1")])
    with pytest.raises(CellExecutionError, match="by zero"):
        execute(notebook, kernel_name)
    assert notebook.cells[1].execution_count is None


def test_values_of_the_libraries_show_as_what_they_are(kernel_name):
    notebook = execute(new_notebook(cells=[
        new_code_cell('Table.create("scores", tech.tablesaw.api.IntColumn.create("n", 1, 20))'),
        new_code_cell('var curve = new org.knowm.xchart.XYChartBuilder().title("Curve").build();\n'
                      'curve.addSeries("line", new double[] {1, 2}, new double[] {3, 4});\ncurve'),
        new_code_cell("dev.retort.device.Torch.manager().arange(6f).reshape(2, 3)"),
    ]), kernel_name)
    table, chart, tensor = (cell.outputs[-1].data for cell in notebook.cells)
    assert table.keys() == {"text/html", "text/plain"}
    assert table["text/plain"] == "scores\n n\n──\n 1\n20\n2 rows × 1 columns"
    assert '<td style="text-align:right">20</td>' in table["text/html"]
    assert chart.keys() == {"image/svg+xml", "image/png", "text/plain"}
    assert chart["text/plain"] == "chart: Curve"
    assert "<svg" in chart["image/svg+xml"]
    assert b64decode(chart["image/png"]).startswith(b"\x89PNG")
    assert tensor == {"text/plain": "float32 (2, 3) on cpu\n0  1  2\n3  4  5"}


def test_gpu_tells_the_devices(kernel_name):
    output = execute(new_notebook(cells=[new_code_cell("%gpu")]), kernel_name).cells[0].outputs[0]
    assert output.name == "stdout"
    assert output.text.startswith("PyTorch 2.")
    assert "processor cores" in output.text


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.name)
def test_nbclient_executes_the_tutorials(path, kernel_name, monkeypatch):
    monkeypatch.setenv("RETORT_QUICK", "1")
    notebook = execute(nbformat.read(path, as_version=4), kernel_name, resources={"metadata": {"path": str(path.parent)}})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert all(output.output_type != "error" for output in outputs)


def test_executed_notebooks_are_valid_and_formatted_as_nbformat_does(tmp_path):
    source = tmp_path / "source.ipynb"
    nbformat.write(new_notebook(cells=[
        new_code_cell('System.out.print("a\\rb\\u001b[31mc\\n");\nSystem.err.println("d");'),
        new_code_cell('var id = display("first");'),
        new_code_cell('updateDisplay(id, "two\\nlines");\nrender(Map.of("a", 1), "application/json")'),
        new_code_cell("import java.awt.image.BufferedImage;\nnew BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)"),
        new_code_cell("throw new Exception(\"ü\");", metadata={"tags": ["raises-exception"]}),
    ]), source)
    ran = retort("run", "--inplace", str(source))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    text = source.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == text
    assert notebook.cells[1].outputs[0].data["text/plain"] == "two\nlines"


@pytest.mark.parametrize("minor", range(5))
def test_old_notebooks_become_valid_ones_with_ids(minor, tmp_path):
    source = tmp_path / "source.ipynb"
    notebook = new_notebook(cells=[new_code_cell("1 + 1"), new_markdown_cell("text")])
    for cell in notebook.cells:
        del cell["id"]
    notebook.nbformat_minor = minor
    nbformat.write(notebook, source)
    assert retort("run", "--inplace", str(source)).returncode == 0
    written = nbformat.read(source, as_version=nbformat.NO_CONVERT)
    nbformat.validate(written)
    assert (written.nbformat, written.nbformat_minor) == (4, 5)
    assert written.cells[0].outputs[0].data["text/plain"] == "2"
