"""What happens around every request. The settings list these in order; the order is part of what they do."""

from ocop.web.kit.middleware.policy import ContentPolicy
from ocop.web.kit.middleware.public_pages import PublicPages
from ocop.web.kit.middleware.reading import ReadsDoNotWrite
from ocop.web.kit.middleware.request_log import RequestLog
from ocop.web.kit.middleware.second_factor import SecondFactor
from ocop.web.kit.middleware.signed_in import ActingAs, SessionLimits
from ocop.web.kit.middleware.threshold import Threshold

__all__ = ["ActingAs", "ContentPolicy", "PublicPages", "ReadsDoNotWrite", "RequestLog", "SecondFactor", "SessionLimits", "Threshold"]
