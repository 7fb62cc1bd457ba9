"""What the public sees: advice for everyone, and a chat checked in the visitor's own browser. It keeps nothing."""
