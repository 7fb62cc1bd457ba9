"""The public site, for a web server that speaks WSGI."""

import os

from django.core.wsgi import get_wsgi_application

from scherp.web.start import loaded
from scherp.web.turns import in_turn

os.environ["DJANGO_SETTINGS_MODULE"] = "scherp.web.public_site.settings"  # whatever the surroundings say
application = in_turn(loaded(get_wsgi_application()))
