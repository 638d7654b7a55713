"""The domain: what Kinerja keeps, the verbs that change it and the questions that read it."""
