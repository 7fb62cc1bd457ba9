"""The pages of the help chat. None of their addresses or titles says what it is about."""
