import pytest

from tests.packs import make
from yiwang.packs import loading, text

AREA = "kind: area\ncode: {}\nname: 区\n"


def told(root, name="city", **options) -> list[str]:
    return [f"{found.path}: {found.message.en}" for found in make.faults(root, name, **options)]


def test_a_pack_holds_its_own_entries_and_those_it_requires():
    city = make.load()
    areas = city.entries(make.Area)
    assert list(areas) == ["51", "5101", "510104", "510105"]
    assert areas["510104"].name == text.Text("锦江区", "Jinjiang")
    assert areas["510105"].lon == 104.05
    assert [header.pack for header in city.headers] == ["base", "city"]


def test_a_replacing_entry_wins_and_the_required_pack_stays_as_it_was():
    assert make.load().entries(make.Flow)["plain"].days == 5
    assert make.load("base").entries(make.Flow)["plain"].days == 3


def test_codes_keep_their_zeros():
    assert list(make.load().entries(make.Outline)) == ["0101"]


def test_a_named_json_file_becomes_part_of_the_entry():
    assert make.load().entries(make.Outline)["0101"].file == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("content", ["{", "[NaN]", "[1e999]", '["\\ud800"]', "[" * 100_000])
def test_a_json_file_that_is_none(tmp_path, content):
    outline = "kind: outline\ncode: a\nfile: x.json\n"
    make.write(tmp_path, {"city/o.yaml": outline, "city/x.json": content})
    assert told(tmp_path)[0].startswith('file: "x.json" is not JSON')


def test_the_same_code_in_both_packs_must_be_meant(tmp_path):
    header = "pack: city\nname: c\nrequires: [base]\n"
    files = {"base/a.yaml": AREA.format(1), "city/a.yaml": AREA.format(1), "city/pack.yaml": header}
    make.write(tmp_path, files)
    place = tmp_path / "base" / "a.yaml"
    assert told(tmp_path) == [
        f'code: "1" is already declared in {place}:1; to replace it, add replaces: true'
    ]


def test_one_pack_cannot_replace_its_own_entry(tmp_path):
    make.write(tmp_path, {"city/a.yaml": AREA.format(1), "city/b.yaml": AREA.format(1) + "replaces: true\n"})
    assert told(tmp_path) == [f'code: "1" is already declared in {tmp_path}/city/a.yaml:1']


def test_packs_that_require_each_other(tmp_path):
    header = "pack: {}\nname: n\nrequires: [{}]\n"
    make.write(tmp_path, {f"{one}/pack.yaml": header.format(one, other) for one, other in ["ab", "bc", "ca"]})
    assert told(tmp_path, "a") == ["requires.0: requires itself: a → b → c → a"]


def test_a_required_pack_that_is_not_there(tmp_path):
    make.write(
        tmp_path, {"city/pack.yaml": "pack: city\nname: n\nrequires:\n  - bse\n", "base/pack.yaml": "x"}
    )
    found = make.faults(tmp_path)[0]
    assert (found.line, found.path, found.allowed) == (4, "requires.0", ("base", "city"))


def test_a_pack_required_twice_is_taken_once(tmp_path):
    header = "pack: {}\nname: n\nrequires: [{}]\n"
    files = {"base/a.yaml": AREA.format(1), "x/pack.yaml": header.format("x", "base")}
    files |= {"y/pack.yaml": header.format("y", "base"), "city/pack.yaml": header.format("city", "x, y")}
    city = make.load("city", make.write(tmp_path, files))
    assert [one.pack for one in city.headers] == ["base", "x", "y", "city"]


def test_required_packs_are_found_in_other_roots(tmp_path):
    header = "pack: city\nname: n\nrequires: [base]\n"
    make.write(tmp_path, {"city/pack.yaml": header})
    found = loading.load(tmp_path / "city", registry=make.kinds_of_tests(), roots=[make.DATA])
    assert "5101" in found.entries(make.Area)


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("", "pack: is missing"),
        ("pack: city\n", "name: is missing"),
        ("pack: town\nname: n\n", 'pack: "town" is not allowed'),
        (
            "pack: city\nname: n\nrequire: [base]\n",
            'require: unknown field "require"; did you mean "requires"?',
        ),
        ("- city\n", ': must be a group of "field: value"'),
    ],
)
def test_a_header_that_is_wrong(tmp_path, header, wrong):
    assert wrong in told(make.write(tmp_path, {"city/pack.yaml": header}))


def test_a_folder_without_header_and_no_folder(tmp_path):
    (tmp_path / "city").mkdir()
    assert told(tmp_path) == [": is missing; every pack has one"]
    assert told(tmp_path, "town") == [": there is no such folder"]


def test_a_kinds_own_check_speaks_with_file_and_line(tmp_path):
    flow = "kind: flow\ncode: a\nname: n\nstart: opn\nstates:\n  open: {stage: file, name: n}\n"
    found = make.faults(make.write(tmp_path, {"city/flow.yaml": flow}))
    assert [(one.line, one.path, one.allowed) for one in found] == [(4, "start", ("open",))]


def test_hidden_files_are_no_declarations(tmp_path):
    make.write(tmp_path, {"city/a.yaml": AREA.format(1), "city/.a.yaml": "junk", "city/.git/b.yaml": "junk"})
    assert list(make.load("city", tmp_path).entries(make.Area)) == ["1"]


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("", "the table is empty"),
        ("code,name,\n1,a,b\n", 'unknown field ""'),
        ('code,name\n1,"a\n', "not valid CSV"),
        ("code,name.zh\n1,a\n2\n", "the row has 1 cells, the header 2 columns"),
        ("code,name,name.en\n1,a,b\n", "this column appears twice"),
    ],
)
def test_a_table_that_is_wrong(tmp_path, table, wrong):
    make.write(tmp_path, {"city/a.yaml": "kind: area\ntable: a.csv\n", "city/a.csv": table})
    assert any(wrong in one for one in told(tmp_path)), told(tmp_path)


def test_lines_of_a_table_survive_line_breaks_in_cells(tmp_path):
    table = 'code,name,lon\n1,"a\nb",1\n\n2,c,x\n'
    make.write(tmp_path, {"city/a.yaml": "kind: area\ntable: a.csv\n", "city/a.csv": table})
    assert [found.line for found in make.faults(tmp_path)] == [5]


def test_a_large_table_is_read_quickly(tmp_path):
    rows = "".join(f"{number},村{number},104.0,30.6\n" for number in range(5000))
    make.write(
        tmp_path, {"city/a.yaml": "kind: area\ntable: a.csv\n", "city/a.csv": "code,name,lon,lat\n" + rows}
    )
    assert len(make.load("city", tmp_path).entries(make.Area)) == 5000


def test_a_pack_may_be_named_from_inside_its_folder(monkeypatch):
    monkeypatch.chdir(make.DATA / "city" / "flows")
    assert loading.load("..", registry=make.kinds_of_tests()).code == "city"
