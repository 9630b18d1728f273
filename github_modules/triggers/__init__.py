"""Triggers: what starts playbooks. One file each, over the sources of the connectors."""
