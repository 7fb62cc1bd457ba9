"""How well a warning does: data sets read, judged, counted. Figures come out, never text."""
