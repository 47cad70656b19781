"""One file a job, and the registry of them."""
