"""Persons who sign in, and the posts they hold (岗位: person × organisation × role × area × validity)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Person(AbstractBaseUser):
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    mobile = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[BaseUserManager] = BaseUserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "id"]


class Post(models.Model):
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40)
    area = models.CharField(max_length=15, db_collation="C")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "area", "valid_from"], name="post_granted_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]
