"""The one flow engine: work under deadlines."""
