"""Administration screens: people and posts, and what an administrator looks up."""
