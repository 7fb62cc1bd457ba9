"""Early warning and outreach against the online sexual exploitation of minors."""

__version__ = "0.1.0"
