"""Figures: how fast the platform is, each as a ratio to something measured in the same run. See docs/benchmarks.md."""
