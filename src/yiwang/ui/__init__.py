"""The shell, components, styles and small JS elements every screen uses."""
