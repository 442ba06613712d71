"""What a program writes. Each write is one act of a room, allowed or refused by the same policy as on the screen."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ocop.register.enums import PriceKind, RecognitionKind
from ocop.web.api.schemas.asked import Amount, Day, Stars, Version

_Text = Annotated[str, Field(max_length=20_000)]
_EXAMPLE = {"version": 3, "changes": {"storage": "Nơi khô ráo, tránh nắng"}}


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Changes(Said):
    """Only what is to change. A producer may write the first eight; the others are the officers' word."""

    name_en: _Text = ""
    description_vi: _Text = ""
    description_en: _Text = ""
    story_vi: _Text = ""
    story_en: _Text = ""
    ingredients: _Text = ""
    storage: _Text = ""
    shelf_life: _Text = ""
    name: _Text = ""
    source_group: _Text = ""
    key_group: _Text = ""
    price_text: _Text = ""
    pack_text: _Text = ""
    channels_text: _Text = ""


class PageEdit(Said):
    """A change to a product's page. If somebody saved it since `version`, the answer is 409 with both texts."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    version: Version
    changes: Changes


class NewPrice(Said):
    """What a pack costs from a day on, today at the earliest; what it cost before ends there. Sent twice, it stands once."""

    kind: PriceKind
    amount: Amount
    first_day: Day
    last_day: Day = Field(default=None, description="Left out: until somebody says otherwise.")


class NewRecognition(Said):
    """A signed decision, written down by the OCOP office. The same decision twice is refused (409)."""

    kind: RecognitionKind
    stars: Stars
    signed_on: Day
    signatory: str = Field(min_length=1, max_length=160, description="The office of who signed.", examples=["Chủ tịch UBND tỉnh"])
    decision_no: str = Field("", max_length=80, description="As printed; empty only with `is_without_number`.", examples=["123/QĐ-UBND"])
    is_without_number: bool = Field(False, description="The number was looked for and not found.")
    last_day: Day = Field(default=None, description="The last valid day as printed; left out, 36 months are computed.")
    source_url: str = Field("", max_length=500)
    note: str = Field("", max_length=2000)


class Confirmation(Said):
    """An officer saw a paper by which the star held on a day."""

    confirmed_on: Day
    paper: str = Field(min_length=1, max_length=300, examples=["Giấy chứng nhận bản gốc"])
    last_day: Day = Field(default=None, description="The last valid day as printed there.")
