"""App registration of Django's administration, so that its site is ours."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration with our site in the place of its own."""

    default_site = "foundation.desk.admin_site.AdministrationSite"
