"""The one screen: the live view of the city, drillable to a case."""
