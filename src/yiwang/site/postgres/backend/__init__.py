"""Django's PostgreSQL backend over the embedded server. Django wants a package with a module `base`."""
