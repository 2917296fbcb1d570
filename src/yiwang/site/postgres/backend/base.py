"""The database engine used without DATABASE_URL: the server is started, or brought back, on connecting."""

from typing import Any

from django.db.backends.postgresql import base

from yiwang.site import postgres


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        postgres.ensure_running()
        return super().get_new_connection(conn_params)
