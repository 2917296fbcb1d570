"""How a person likes to read: print size and contrast, kept in cookies that scripts write too."""

from collections.abc import Mapping

from django.http import HttpResponse

CHOICES = {"size": ("large", "xlarge"), "contrast": ("high",)}
YEAR = 365 * 24 * 3600


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """Return the known choice of each kind, "" for none; what a cookie says beyond that is ignored."""
    given = {name: cookies.get(f"yiwang_{name}", "") for name in CHOICES}
    return {name: value if value in CHOICES[name] else "" for name, value in given.items()}


def keep(answer: HttpResponse, wishes: Mapping[str, str], *, secure: bool) -> None:
    """Set the cookies of the wishes that are known choices; an empty wish goes back to plain."""
    for name, choices in CHOICES.items():
        value = wishes.get(name)
        if value in choices:
            answer.set_cookie(f"yiwang_{name}", value, max_age=YEAR, samesite="Lax", secure=secure)
        elif value == "":
            answer.delete_cookie(f"yiwang_{name}", samesite="Lax")
