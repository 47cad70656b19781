"""Measurements, as counts and as ratios to something else measured in the same run."""
