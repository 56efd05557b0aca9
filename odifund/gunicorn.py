"""How gunicorn serves the portal: few processes, many threads, so that slow uploads do not fill them."""

from typing import Any

from odifund.launch import canary

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
preload_app = True  # loaded once, shared by the workers
threads = 32
timeout = 60  # a worker that stops answering is replaced
graceful_timeout = 8
keepalive = 5
control_socket_disable = True
proc_name = "odifund"


def post_worker_init(worker: Any) -> None:
    """Each process has a canary: while one of them is answered, the portal is open."""
    canary.start(worker.sockets[0].getsockname()[1])
