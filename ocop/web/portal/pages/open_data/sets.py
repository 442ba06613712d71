"""Every set of open data, in the order the page lists them."""

from collections.abc import Mapping
from typing import Final

from ocop.web.portal.pages.open_data.data_set import DataSet
from ocop.web.portal.pages.open_data.indicators import INDICATORS
from ocop.web.portal.pages.open_data.national import NATIONAL
from ocop.web.portal.pages.open_data.places import PLACE_SUCCESSIONS, PLACES
from ocop.web.portal.pages.open_data.producers import PRODUCERS
from ocop.web.portal.pages.open_data.products import REGISTER
from ocop.web.portal.pages.open_data.recognitions import RECOGNITIONS
from ocop.web.portal.pages.open_data.sites import TOURISM_SITES

SETS: Final[Mapping[str, DataSet]] = {
    each.name: each for each in (REGISTER, PRODUCERS, RECOGNITIONS, TOURISM_SITES, PLACES, PLACE_SUCCESSIONS, INDICATORS, NATIONAL)
}
