"""Events and links are added, and never changed."""

from __future__ import annotations

from django.db import migrations

from scherp.web.audit.never_changed import never_changed


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (never_changed("audit_event", "audit_link"),)
