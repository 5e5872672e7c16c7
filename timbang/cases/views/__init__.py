"""Pages of the desk: fetch-and-permit, one action, one template."""
