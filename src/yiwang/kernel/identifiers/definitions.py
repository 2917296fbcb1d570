"""What can be wrong with an identifier, said in both languages.

Before: nothing. After: `logic` raises these; forms, imports and packs show them.
"""

from enum import Enum, StrEnum

from yiwang.packs import wrong
from yiwang.packs.text import Text


class Kind(Enum):
    """An identifier's name and the form that is accepted, each in both languages."""

    CITIZEN_ID = (
        Text(zh="公民身份号码", en="citizen ID"),
        Text(zh="18 位，前 17 位为数字，末位为数字或 X", en="18 characters, 17 digits and a digit or X"),
    )
    USCC = (
        Text(zh="统一社会信用代码", en="unified social credit code"),
        Text(
            zh="18 位，第 1、2 位为登记管理部门和机构类别，第 3 至 8 位为数字，其余不含 I、O、S、V、Z",
            en="18 characters: department, class, 6 digits, then digits and letters without I, O, S, V, Z",
        ),
    )
    MOBILE = (
        Text(zh="手机号码", en="mobile number"),
        Text(zh="11 位数字，第 1 位为 1，第 2 位为 3 至 9", en="11 digits, a 1 followed by 3 to 9"),
    )
    PLATE = (
        Text(zh="车牌号码", en="number plate"),
        Text(zh="形如 川A12345 或新能源 川AD12345", en="like 川A12345, or 川AD12345 for new energy"),
    )
    AREA_CODE = (
        Text(zh="区划代码", en="area code"),
        Text(
            zh="2、4、6、9、12 或 15 位数字（省、市、县、镇街、村社、网格）",
            en="2, 4, 6, 9, 12 or 15 digits (province, city, district, street, community, grid)",
        ),
    )


class Reason(StrEnum):
    """Why an identifier is refused; a stable key for counting and for tests."""

    SHAPE = "shape"
    REGION = "region"
    DATE = "date"
    CHECK = "check"


_SAID = {
    Reason.REGION: Text(zh="开头两位不是国家规定的省级代码", en="it begins with no province code"),
    Reason.DATE: Text(zh="第 7 至 14 位不是一个真实的日期", en="characters 7 to 14 are not a real date"),
    Reason.CHECK: Text(zh="校验位不符，请逐位核对", en="the check character does not match"),
}


class InvalidIdentifier(wrong.Wrong):
    """The text is no such identifier; says why in both languages and never repeats the value itself."""

    def __init__(self, kind: Kind, reason: Reason) -> None:
        name, form = kind.value
        said = _SAID.get(reason) or Text(zh=f"应为{form.zh}", en=f"expected {form.en}")
        self.kind, self.reason = kind, reason
        super().__init__(zh=f"{name.zh}不正确：{said.zh}", en=f"not a valid {name.en}: {said.en}")
