"""Property tests look at few forms, so that they can be run all day; at more with KINERJA_EXAMPLES=500."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("KINERJA_EXAMPLES", "20"))

settings.register_profile("forms", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("forms")
