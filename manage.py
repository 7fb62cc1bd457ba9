#!/usr/bin/env python3
"""Run a command of one of the sites: `SCHERP_LOCAL=1 .venv/bin/python manage.py public prepare`."""

import os
import sys

from django.core.management import execute_from_command_line

SITES = ("public", "staff")

if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in SITES:
        sys.exit(f"Which site, and what? Such as: {sys.argv[0]} public prepare, or {sys.argv[0]} staff migrate.")
    os.environ["DJANGO_SETTINGS_MODULE"] = f"scherp.web.{sys.argv[1]}_site.settings"
    execute_from_command_line([sys.argv[0], *sys.argv[2:]])
