"""Pure thoughts of the one screen."""
