"""Who, where, when, proof: what every room above stands on."""
