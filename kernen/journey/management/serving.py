"""The server itself: gunicorn inside this process, with the program already loaded."""

import socket
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    def __init__(self, **settings: Any):
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return get_wsgi_application()


def serve(*, bind: str, workers: int, ready: Callable[[], None], **settings: Any) -> None:
    """Serve the pages at `bind` until told to stop; `ready` is called when they answer."""
    connections.close_all()  # the workers are forks: none may share a connection
    Server(
        bind=bind,
        workers=workers,
        threads=4,
        worker_class="gthread",
        control_socket_disable=True,
        when_ready=lambda server: ready(),
        **settings,
    ).run()


def fault_of_port(port: str) -> str:
    """Why nothing can be served at this port of this machine; "" if it can."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"“{port}” is not a port: choose one from 1024 to 65535"
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"port {port} is only for administrators of this machine: choose a higher one"
        except OSError:
            return f"port {port} is taken: choose another"
    return ""


def migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
