"""The pages of cases. Each has its door; each reading is on record."""
