"""What `from softmax_book import …` offers, and at what price."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import softmax_book

ROOM = Path(softmax_book.__file__).parent
NAMES = softmax_book.__all__
CALLABLES = [name for name in NAMES if callable(getattr(softmax_book, name))]
FUNCTIONS = [name for name in CALLABLES if inspect.isfunction(getattr(softmax_book, name))]
OWN_FILES = [*ROOM.glob("*.py"), *ROOM.glob("data/*.py")]


def test_there_is_something_to_check():
    assert len(FUNCTIONS) > 10
    assert len(OWN_FILES) > 10


def test_importing_the_package_does_not_import_torch():
    code = "import softmax_book, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_star_import_brings_every_public_name():
    namespace = {}
    exec("from softmax_book import *", namespace)
    assert set(NAMES) <= set(namespace)


def test_dir_lists_names_that_were_never_touched():
    assert set(NAMES) <= set(dir(softmax_book))


def test_an_unknown_name_is_refused_with_the_list_of_known_ones():
    with pytest.raises(AttributeError, match=r"no attribute 'sofmax'.*softmax"):
        _ = softmax_book.sofmax


def test_type_checkers_see_exactly_the_names_that_exist_where_they_exist():
    tree = ast.parse((ROOM / "__init__.py").read_text(encoding="utf-8"))
    imports = [
        node
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
    ]
    seen = {alias.asname: node.module for node in imports for alias in node.names}
    assert seen == {name: f"softmax_book.{module}" for name, module in softmax_book._HOME.items()}


def test_no_module_hides_a_public_name():
    assert not {path.stem for path in OWN_FILES} & set(NAMES)


def names_refused(source):
    """What a test file tries with wrong arguments: the keys of WRONG, and f of every refuses(f, …)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WRONG":
            yield from (key.value for key in node.value.keys)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "refuses":
            yield ast.unparse(node.args[0]).removeprefix("book.")


def test_every_callable_that_takes_arguments_is_tried_with_wrong_ones():
    sources = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    tried = {name for source in sources for name in names_refused(source)}
    takes_some = {name for name in CALLABLES if inspect.signature(getattr(softmax_book, name)).parameters}
    assert takes_some - {"History"} <= tried


def test_a_callable_that_only_works_in_its_tests_is_not_counted_as_tried():
    source = (
        'WRONG = {"fit": []}\nrefuses(book.read_idx, case)\nbook.accuracy(z, y)\nrefuses(f, book.softmax)'
    )
    assert set(names_refused(source)) == {"fit", "read_idx", "f"}


def test_every_data_set_is_also_in_the_data_package():
    from softmax_book import data

    expected = {name for name, module in softmax_book._HOME.items() if module.startswith("data.")}
    assert expected == set(data.__all__)
    assert all(getattr(data, name) is getattr(softmax_book, name) for name in expected)


@pytest.mark.parametrize("name", CALLABLES)
def test_every_public_name_is_documented_with_an_example_that_uses_it(name):
    docstring = inspect.getdoc(getattr(softmax_book, name))
    assert "Example:" in docstring
    assert f"{name}(" in docstring[docstring.index(">>>") :]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_says_what_it_raises_and_in_what_shape_it_answers(name):
    docstring = inspect.getdoc(getattr(softmax_book, name))
    if list(inspect.signature(getattr(softmax_book, name)).parameters):
        assert "Raises:" in docstring or "errors" in docstring
    assert "Returns:" in docstring or "-> float" in inspect.getsource(getattr(softmax_book, name))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_body_can_be_shown_whole_on_a_page(name):
    function = ast.parse(inspect.getsource(getattr(softmax_book, name))).body[0]
    code = [node for node in function.body if not isinstance(getattr(node, "value", None), ast.Constant)]
    data = code and isinstance(code[0], ast.Assign) and isinstance(code[0].value, ast.List)
    assert data or function.end_lineno - code[0].lineno + 1 <= 15


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_the_library_knows_nothing_of_the_other_rooms(path):
    modules = [
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    assert not [name for name in modules if "verify" in name or "hooks" in name]
