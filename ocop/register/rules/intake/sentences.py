"""The sentence of each code. What is personal never stands in one."""

from typing import Final

from ocop.register.rules.intake.codes import Caution, Refusal

_REFUSED: Final[dict[str, str]] = {
    Refusal.BAD_STAR: "“{said}” không phải hạng sao: chỉ nhận 3, 4 hoặc 5 sao.",
    Refusal.SUBJECT_MISSING: "Thiếu tên chủ thể.",
    Refusal.NAME_MISSING: "Thiếu tên sản phẩm.",
    Refusal.FORMULA_ERROR: "Ô này báo lỗi {said}. Hãy gõ lại giá trị.",
    Refusal.FORMULA_IN_TEXT: "Ô này là công thức chứ không phải chữ, nên không nhận. Hãy gõ lại bằng chữ.",
    Refusal.BAD_DATE: "“{said}” không phải một ngày. Hãy ghi ngày/tháng/năm, ví dụ 30/6/2021.",
    Refusal.FUTURE_DATE: "Ngày công nhận {said} ở tương lai.",
    Refusal.DATE_YEAR_CONFLICT: "Ngày {said} và năm {other} không khớp nhau.",
    Refusal.COMMUNE_UNKNOWN: "Không có xã, phường, thị trấn nào tên “{said}” trong danh mục. Hãy kiểm tra chính tả.",
    Refusal.EXPIRY_BEFORE_RECOGNITION: "Ngày hết hạn {said} trước ngày công nhận {other}.",
    Refusal.TOO_LONG: "Ô này dài {said} ký tự, chỉ ghi được {other}.",
}
_CAUTIONS: Final[dict[str, str]] = {
    Caution.DATE_YEAR_ONLY: "Chỉ biết năm {said}; ghi là năm, không đoán ngày.",
    Caution.OLD_COMMUNE: "{said} là đơn vị cũ; nay thuộc {other}.",
    Caution.COMMUNE_EMPTY: "Chưa ghi xã, phường.",
    Caution.COMMUNE_BOTH: "“{said}” vừa là tên đơn vị cũ vừa là tên đơn vị mới; chọn {other} theo ngày công nhận, cần người xác nhận.",
    Caution.DATE_MISSING: "Không ghi ngày công nhận; ghi lần công nhận chưa rõ ngày.",
    Caution.NO_RECOGNITION: "Chưa có hạng sao; ghi sản phẩm chưa được công nhận.",
    Caution.STARS_MISSING: "Có quyết định nhưng không ghi hạng sao; ghi sản phẩm, không ghi lần công nhận này.",
    Caution.STAR_CONFLICT: "Hạng sao hiện tại ghi {said} sao, quyết định cuối ghi {other} sao; lấy theo quyết định cuối.",
    Caution.EXPIRY_MISSING: "Không ghi ngày hết hạn; {said}.",
    Caution.DUPLICATE: "Trùng với dòng {said}; không ghi thêm gì.",
    Caution.DATE_MONTH_ONLY: "Chỉ biết {said}; không đoán ngày.",
    Caution.DATE_BEFORE_PROGRAMME: "Ngày {said} trước khi Chương trình OCOP bắt đầu (2018). Hãy kiểm tra lại.",
    Caution.STARS_FROM_CURRENT: "Không ghi số sao của quyết định; lấy theo hạng sao hiện tại, {said} sao.",
    Caution.EXPIRY_NOT_36_MONTHS: "Ngày hết hạn {said} không phải 36 tháng sau ngày công nhận {other}.",
    Caution.BLOCKS_OUT_OF_ORDER: "Lần 2 ghi ngày trước lần 1; xếp lại theo ngày.",
    Caution.RECOGNITION_REPEATED: "Hai lần công nhận là một; chỉ ghi một lần.",
    Caution.SPELLING_MERGED: "“{said}” được hiểu là “{other}”, chỉ khác cách viết.",
    Caution.PRODUCER_MAYBE_SAME: "Có thể là một với chủ thể “{said}”; ghi riêng để người xem lại.",
    Caution.DISTRICT_DIFFERS: "“{said}” không thuộc {other} như mục của bảng ghi.",
    Caution.FORM_UNKNOWN: "Không rõ loại hình “{said}”; để trống.",
    Caution.PHONE_UNREADABLE: "Số điện thoại không đọc được; để trống.",
    Caution.OLD_ENCODING: "Chữ gõ bằng bảng mã cũ TCVN3, đã chuyển sang Unicode.",
    Caution.FORMULA_VALUE: "Ô này là công thức; chỉ lấy giá trị đã lưu trong tệp.",
    Caution.KEPT_AS_IN_REGISTER: "Sổ đã ghi khác: giữ {said}.",
}
_SENTENCES: Final = _REFUSED | _CAUTIONS
_LONGEST: Final = 80


def sentence(code: str, said: object = "", other: object = "") -> str:
    """What a person reads for a code; `said` is what the cell held, `other` what it is held against."""
    return _SENTENCES[code].format(said=_short(said), other=_short(other))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
