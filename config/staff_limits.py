"""How long staff stay signed in, how long passwords and accounts last, how much a role may export: settings by role.

Of sessions, passwords and accounts these are the loosest that this installation allows: the values in force
(foundation/regulations/values/guards) may be stricter by area, never looser (foundation/accounts/entry/bounds.py).
"""

_OFFICES = ("county_dispatcher", "county_approver", "county_reader")
_ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
_OVERSEERS = ("city_overseer", "province_overseer")
_VILLAGE = ("village_assistant", "grid_member", "helper", "first_secretary", "stationed_member")

EXPORT_ROWS_MOST = 20_000
EXPORT_ROWS_MOST_BY_ROLE = dict.fromkeys((*_OFFICES, *_ADMINISTRATORS), 200_000)
EXPORT_ROWS_MOST_BY_ROLE |= dict.fromkeys(_OVERSEERS, 1_000_000)

# How many ID numbers and telephones one person may have shown in full within 24 hours (safety.md L28).
NUMBERS_SHOWN_A_DAY = 100

# Minutes without a sign of life, and hours altogether; who holds several posts has the shortest (safety.md L04).
SESSION_IDLE_MINUTES, SESSION_HOURS = 30, 12
SESSION_IDLE_MINUTES_BY_ROLE = dict.fromkeys(_ADMINISTRATORS, 15)
SESSION_HOURS_BY_ROLE = dict.fromkeys(_ADMINISTRATORS, 8)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

# Days after which a password is changed, and after which an account that nobody used is closed (safety.md L02, L08).
# A village may be calm for months: its people are closed out only after a year.
PASSWORD_DAYS, PASSWORDS_REMEMBERED = 90, 5
PASSWORD_LENGTH = 12
PASSWORD_LENGTH_BY_ROLE = dict.fromkeys(_ADMINISTRATORS, 16)
ACCOUNT_UNUSED_DAYS = 90
ACCOUNT_UNUSED_DAYS_BY_ROLE = dict.fromkeys(_VILLAGE, 365)

# What a password must be beside its length by role (foundation/accounts/entry/passwords.py).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "foundation.accounts.entry.common_passwords.NoCommonPassword"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "foundation.accounts.entry.passwords.NoPersonalNumber"},
]

# What an authenticator application calls this platform.
SECOND_FACTOR_ISSUER = "Shouwang"
