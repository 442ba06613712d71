"""The one library every template has without loading it (`builtins` in the settings)."""

from django import template

from ocop.web.kit.templatetags import kit_form, kit_parts, kit_text

register = template.Library()
for part in (kit_text, kit_parts, kit_form):
    register.filters.update(part.register.filters)
    register.tags.update(part.register.tags)
