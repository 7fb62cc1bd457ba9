"""Every setting and every app of both sites, for mypy: it asks one settings module what there is."""

from scherp.web.public_site.settings import *  # noqa: F403
from scherp.web.staff_site.settings import *  # noqa: F403
from scherp.web.staff_site.settings import INSTALLED_APPS as OF_STAFF

INSTALLED_APPS = [*OF_STAFF, "scherp.web.helpchat"]
