"""Who works here: members of staff, their teams, roles, and what each role may do."""
