"""Taking two rows of the register for one, parting them again, and saying that two are not one."""

from ocop.register.actions.merging.distinct import judge_distinct, reconsider_pair
from ocop.register.actions.merging.moving import MergeMoved
from ocop.register.actions.merging.parting import unmerge
from ocop.register.actions.merging.producers import merge_producers
from ocop.register.actions.merging.products import merge_products

__all__ = ["MergeMoved", "judge_distinct", "merge_producers", "merge_products", "reconsider_pair", "unmerge"]
