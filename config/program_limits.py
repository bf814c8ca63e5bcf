"""How programs are held to measure: requests a minute, how long tokens last, answers are kept; settings of DRF."""

from django.utils.translation import gettext_lazy as _

# Requests of one token (or of one person's browser) in a minute, those that change something among them, and those of
# a whole network that show no token or a dead one: a county's offices may share one address.
API_REQUESTS_A_MINUTE = 600
API_ACTS_A_MINUTE = 120
API_REQUESTS_OF_NOBODY_A_MINUTE = 600

# Days that a token lasts at most. Of posts that ask for a second factor (a value in force) days, not months.
API_TOKEN_DAYS, API_TOKEN_DAYS_WITH_SECOND_FACTOR = 90, 7

# How long the answer to a request with an Idempotency-Key is kept: telephones may be offline for weeks.
API_ANSWERS_KEPT_HOURS = 30 * 24

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "foundation.accounts.programs.sign_in.TokenAuthentication",
        "foundation.accounts.programs.sign_in.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["foundation.accounts.api_door.ApiDoor"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["foundation.accounts.programs.parsing.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "foundation.accounts.api_door.ApiPages",
    "DEFAULT_SCHEMA_CLASS": "foundation.accounts.programs.description.HouseSchema",
    "EXCEPTION_HANDLER": "foundation.accounts.programs.problems.handler",
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Shouwang: the API"),
    "VERSION": "1",
    "DESCRIPTION": _(
        "For programs. Sign in with a token (Authorization: Bearer …), made on the page of one's own account. "
        "Whoever signs in sees what their posts see on the pages, and nothing else: what lies outside answers 404. "
        "Refusals are application/problem+json, in the language of Accept-Language. Requests that change something "
        "may carry an Idempotency-Key and be sent again. Lists come page by page: follow `next`."
    ),
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Enumerations stand where they are used, each value with its name: no invented names of types.
    "POSTPROCESSING_HOOKS": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "SORT_OPERATIONS": False,
}
