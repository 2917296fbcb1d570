"""The identifiers as field types. Before: the parsers. After: pack models and API schemas."""

from typing import Annotated

from pydantic import AfterValidator, Field

from yiwang.kernel.identifiers.logic import area_code, citizen_id, mobile, plate, uscc

AreaCode = Annotated[str, AfterValidator(area_code.parse), Field(examples=["510104"])]
CitizenId = Annotated[str, AfterValidator(citizen_id.parse)]
Mobile = Annotated[str, AfterValidator(mobile.parse)]
Plate = Annotated[str, AfterValidator(plate.parse), Field(examples=["川A12345"])]
Uscc = Annotated[str, AfterValidator(uscc.parse)]
