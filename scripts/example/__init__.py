"""An example process and a month of it, for the demo, the tests and the benchmarks. All names and texts are made up."""
