#!/usr/bin/env python3
"""Run a command of the public site: `SCHERP_LOCAL=1 .venv/bin/python manage.py prepare`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scherp.web.public_site.settings")
    execute_from_command_line(sys.argv)
