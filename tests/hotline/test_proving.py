from tests.hotline import make
from yiwang.hotline.definitions.intake import DOORS, Intake
from yiwang.hotline.logic import proving


def problems(**changed) -> list[str]:
    declared = make.pack().entries(Intake)["requests"].model_copy(update=changed)
    pack = make.pack()
    broken = type(pack)(
        pack.headers, pack.registry, {**pack.declared, "intake": {"requests": declared}}, pack.origins
    )
    return [one.render("en") for one in proving.intakes(broken)]


def test_the_intake_of_the_tests_is_sound():
    assert problems() == []


def test_what_an_intake_names_exists():
    told = problems(default_flow="x", fallback_category="y", fallback_area="99", opens=("z",))
    assert [field for field in ("default_flow", "fallback_category", "fallback_area", "opens")
            if not any(field in one and "not declared" in one for one in told)] == []  # fmt: skip


def test_every_door_has_a_channel():
    told = problems(channels={})
    assert [door for door in DOORS if not any(f'"{door}"' in one for one in told)] == []
