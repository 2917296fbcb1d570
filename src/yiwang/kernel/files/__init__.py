"""Content-addressed files, sniffed and limited."""
