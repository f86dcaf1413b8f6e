"""A wifi that keeps breaking: passes bytes on to a laptop, and cuts each connection after 50 to 1,500 kB, as a seed decides."""

import random
import socket
import threading
from contextlib import suppress

CUT_AFTER_BYTES = (50_000, 1_500_000)


class BreakingWifi:
    """In front of a port of this machine, until it is closed."""

    def __init__(self, to_port: int, seed: int):
        self.cuts = 0
        self._to = ("127.0.0.1", to_port)
        self._random = random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._listener.accept()
                _Connection(self, phone, socket.create_connection(self._to))

    def patience(self) -> int:
        return self._random.randint(*CUT_AFTER_BYTES)


class _Connection:
    def __init__(self, wifi: BreakingWifi, phone: socket.socket, laptop: socket.socket):
        self._wifi, self._ends, self._left = wifi, (phone, laptop), wifi.patience()
        self._lock = threading.Lock()
        for ends in [(phone, laptop), (laptop, phone)]:
            threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(16 * 1024):
                with self._lock:
                    passed, was_left = data[: self._left], self._left
                    self._left -= len(passed)
                sink.sendall(passed)
                if self._left == 0 and was_left > 0:
                    self._wifi.cuts += 1
                    break
        # What was passed on arrives; both sides then see the end.
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
