"""Published advice for young people, parents and professionals: pages, cards, what now, a notice to a platform."""
