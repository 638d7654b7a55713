"""Property tests look at enough forms to find mistakes and at few enough to be run all day."""

from hypothesis import HealthCheck, settings

settings.register_profile("forms", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("forms")
