import json
import subprocess
import sys

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs import make
from yiwang.packs import digest, entry, kinds, pack, problems, registry, text


def again(made: pack.Pack) -> pack.Pack:
    return pack.Pack.from_content(json.loads(made.canonical), make.kinds_of_tests())


def test_content_goes_to_json_and_back_without_loss():
    city = make.load()
    stored = again(city)
    assert stored.headers == city.headers
    assert stored.declared == city.declared
    assert [list(entries) for entries in stored.declared.values()] == [
        list(city.declared[kind]) for kind in stored.declared
    ]
    assert (stored.canonical, stored.digest) == (city.canonical, city.digest)


names = st.builds(text.Text, st.text("成都市区", min_size=1), st.none() | st.just("x"))
areas = st.builds(
    make.Area,
    code=st.from_regex(r"[0-9]{2,12}", fullmatch=True),
    name=names,
    lon=st.none() | st.floats(-180, 180),
)
states = st.builds(
    make.State, stage=st.sampled_from(["collect", "file"]), name=names, after=st.tuples(st.just("a"))
)
flows = st.builds(
    make.Flow, code=st.just("f"), name=names, states=st.dictionaries(st.text("abc", min_size=1), states)
)


@given(st.lists(areas, unique_by=lambda area: area.code), flows)
def test_any_pack_survives_storage(found, flow):
    declared = {"area": {one.code: one for one in found}, "flow": {"f": flow}}
    made = pack.Pack((pack.Header(pack="p", name="n"),), make.kinds_of_tests(), declared)
    assert again(made).digest == made.digest
    assert list(again(made).entries(make.Flow)["f"].states) == list(flow.states)


def test_the_digest_is_the_same_in_every_process():
    code = "from tests.packs import make; print(make.load().digest)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=make.DATA.parents[2]
    )
    assert found.stdout.strip() == make.load().digest


def test_the_order_of_declarations_is_part_of_the_digest():
    assert digest.of(digest.canonical({"a": 1, "b": 2})) != digest.of(digest.canonical({"b": 2, "a": 1}))


def test_content_that_this_program_cannot_read_is_told():
    content = make.load().content()
    content["entries"]["gone"] = []
    content["entries"]["area"][0]["height"] = 1
    with pytest.raises(problems.PackInvalid) as caught:
        pack.Pack.from_content(content, make.kinds_of_tests())
    assert [found.path for found in caught.value.problems] == ["gone", "height"]


def test_a_kind_without_entries_is_empty_and_an_unknown_one_raises():
    assert make.load("base").entries(make.Outline) == {}
    with pytest.raises(LookupError, match="Entry is not registered"):
        make.load().entries(entry.Entry)


def test_packs_cannot_be_changed():
    city = make.load()
    with pytest.raises(TypeError):
        city.entries(make.Area)["1"] = None
    with pytest.raises(pydantic.ValidationError):
        city.entries(make.Area)["51"].name = "x"


def test_a_problem_in_a_stored_pack_names_kind_and_code():
    stored = again(make.load())
    flow = stored.entries(make.Flow)["plain"]
    assert stored.problem(flow, "start", zh="错", en="wrong").render("en") == "flow plain: start: wrong"


def test_a_problem_of_the_whole_pack_stands_in_its_header():
    found = make.load().problem(None, "requires", zh="错", en="wrong")
    assert (found.file.endswith("city/pack.yaml"), found.line) == (True, 3)


def test_sets_are_refused_because_they_have_no_order():
    with pytest.raises(TypeError, match="use tuple"):
        type("Bad", (entry.Part,), {"__annotations__": {"words": frozenset[str]}})


def test_registries_refuse_a_second_of_the_same():
    made = make.kinds_of_tests()
    with pytest.raises(ValueError, match="registered twice"):
        made.register(kinds.Kind("area", type("Other", (entry.Entry,), {})))
    with pytest.raises(ValueError, match="already serves"):
        made.register(kinds.Kind("place", make.Area))
    runners = registry.Registry("runner")
    runners.add("a", 1)
    with pytest.raises(ValueError, match="runner 'a' is registered twice"):
        runners.add("a", 2)
    assert (runners.names(), list(runners), "a" in runners, runners["a"]) == (["a"], [1], True, 1)
