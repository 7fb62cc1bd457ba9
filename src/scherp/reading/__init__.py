"""Chat exports, read. Each export form is one module with a `READER`; `detect` has them in order."""
