"""Every write of the register: one transaction each, with its audit entry and its notices."""

from ocop.register.actions.answers import AnswerMoved, answer_holds, answer_renewed, check_answer, take_back_answer
from ocop.register.actions.batch_moves import BatchMoved
from ocop.register.actions.batch_papers import read_first_rows, read_intake_row, read_remarked_sheet
from ocop.register.actions.batch_reading import forget_intake, read_intake
from ocop.register.actions.batches import (
    IntakeChanged,
    choose_columns,
    confirm_intake,
    discard_intake,
    mend_cells,
    reread_intake,
    start_intake,
    take_back_intake,
)
from ocop.register.actions.claims import ClaimMoved, ClaimOpen, approve_claim, refuse_claim, request_claim
from ocop.register.actions.codes import CodeTaken, issue_product_code, keep_old_code
from ocop.register.actions.erasure import clear_person, erase_personal
from ocop.register.actions.exporting import export_register, register_template
from ocop.register.actions.feeds import make_feed, revoke_feed
from ocop.register.actions.intake import BuiltUpon, IntakeEffects, IntakeMoved, UndoTooLate, commit_plan, undo_intake
from ocop.register.actions.letters import Draft, draft_letters
from ocop.register.actions.loading import Loaded, load_register
from ocop.register.actions.merging import MergeMoved, judge_distinct, merge_producers, merge_products, reconsider_pair, unmerge
from ocop.register.actions.packs import PriceMoved, VariantTaken, end_price, set_price, set_variant
from ocop.register.actions.persons import PERSON_FIELDS, PersonalData, read_person, set_person
from ocop.register.actions.photos import MAX_PHOTOS, PhotosMoved, add_photo, order_photos, remove_photo
from ocop.register.actions.producers import (
    ProducerExists,
    ProducerMoved,
    change_legal_form,
    create_producer,
    edit_producer,
    publish_contact,
    set_links,
    withdraw_contact,
)
from ocop.register.actions.products import (
    ProductIdTaken,
    ProductMoved,
    choose_product_set,
    create_product,
    edit_product,
    publish_product,
)
from ocop.register.actions.recognitions import (
    DecisionTaken,
    confirm_standing,
    record_end,
    record_extension,
    record_recognition,
    record_withdrawal,
)
from ocop.register.actions.refusals import Difference, Moved, NotFitting, Refused
from ocop.register.actions.renewals import FilingTaken, call_renewal, correct_filing, decide_late, record_filing, record_refusal
from ocop.register.actions.reports import ReportMoved, close_report, file_report, read_reporter, take_report
from ocop.register.actions.star_rows import RecognitionMoved

__all__ = [
    "MAX_PHOTOS",
    "PERSON_FIELDS",
    "AnswerMoved",
    "BatchMoved",
    "BuiltUpon",
    "ClaimMoved",
    "ClaimOpen",
    "CodeTaken",
    "DecisionTaken",
    "Difference",
    "Draft",
    "FilingTaken",
    "IntakeChanged",
    "IntakeEffects",
    "IntakeMoved",
    "Loaded",
    "MergeMoved",
    "Moved",
    "NotFitting",
    "PersonalData",
    "PhotosMoved",
    "PriceMoved",
    "ProducerExists",
    "ProducerMoved",
    "ProductIdTaken",
    "ProductMoved",
    "RecognitionMoved",
    "Refused",
    "ReportMoved",
    "UndoTooLate",
    "VariantTaken",
    "add_photo",
    "answer_holds",
    "answer_renewed",
    "approve_claim",
    "call_renewal",
    "change_legal_form",
    "check_answer",
    "choose_columns",
    "choose_product_set",
    "clear_person",
    "close_report",
    "commit_plan",
    "confirm_intake",
    "confirm_standing",
    "correct_filing",
    "create_producer",
    "create_product",
    "decide_late",
    "discard_intake",
    "draft_letters",
    "edit_producer",
    "edit_product",
    "end_price",
    "erase_personal",
    "export_register",
    "file_report",
    "forget_intake",
    "issue_product_code",
    "judge_distinct",
    "keep_old_code",
    "load_register",
    "make_feed",
    "mend_cells",
    "merge_producers",
    "merge_products",
    "order_photos",
    "publish_contact",
    "publish_product",
    "read_first_rows",
    "read_intake",
    "read_intake_row",
    "read_person",
    "read_remarked_sheet",
    "read_reporter",
    "reconsider_pair",
    "record_end",
    "record_extension",
    "record_filing",
    "record_recognition",
    "record_refusal",
    "record_withdrawal",
    "refuse_claim",
    "register_template",
    "remove_photo",
    "request_claim",
    "reread_intake",
    "revoke_feed",
    "set_links",
    "set_person",
    "set_price",
    "set_variant",
    "start_intake",
    "take_back_answer",
    "take_back_intake",
    "take_report",
    "undo_intake",
    "unmerge",
    "withdraw_contact",
]
