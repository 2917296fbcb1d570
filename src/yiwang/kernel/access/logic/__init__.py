"""Who is asking, and what an administrator wrote in a form. Pure."""

from yiwang.kernel.access.logic.actors import NOBODY, SYSTEM, Actor, Post, citizen

__all__ = ["NOBODY", "SYSTEM", "Actor", "Post", "citizen"]
