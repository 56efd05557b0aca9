"""The rush before a deadline: uploads, then a crowd that submits within a minute, then everything is killed.

`make bench` runs it with 300 consortia and 5 MB files; `tests/processes/test_rush.py` with 20. Every client
keeps what it was told, and at the end the register is asked for each.
"""

import http.client
import json
import random
import socket
import statistics
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from tests.benchmarks.asking import CONNECTIONS, Ask, load
from tests.benchmarks.crowd import Bidder

FORM_KEY = "r" * 32
"""A browser's key for forms: cookie and field are the same, as Django takes them."""
AT_ONCE = 64
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Client:
    """One lead's browser, and what it was told."""

    port: int
    bidder: Bidder
    receipts: dict[str, str] = field(default_factory=dict)
    """The page of the receipt by the key of the form."""
    refused: list[int] = field(default_factory=list)

    @property
    def cookies(self) -> dict[str, str]:
        return {"Cookie": f"signed_in={self.bidder.session}; form_key={FORM_KEY}"}

    def ask(self, method: str, path: str, body: bytes | str = b"", headers: dict[str, str] | None = None):
        """Status and place of one answer, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, self.cookies | (headers or {}))
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location") or ""
        finally:
            connection.close()

    def submit(self, key: str = "") -> bool:
        """Press the button once; whether a receipt came."""
        key = key or str(uuid.uuid4())
        words = {"csrfmiddlewaretoken": FORM_KEY, "key": key, "shown": "{}"}
        path = f"/proposals/{self.bidder.proposal}/submit/"
        status, place = self.ask("POST", path, urllib.parse.urlencode(words), FORM)
        if status == 302 and "/receipts/" in place:
            self.receipts[key] = place
            return True
        self.refused.append(status)
        return False

    def press(self, key: str = "") -> bool:
        """Submit once; a broken connection is a refusal too."""
        try:
            return self.submit(key)
        except (OSError, http.client.HTTPException):
            self.refused.append(0)
            return False

    def insist(self, seconds: float = 90) -> None:
        """Press it again with the same key, as somebody would, until there is a receipt."""
        key, until = str(uuid.uuid4()), time.monotonic() + seconds
        while time.monotonic() < until and not self.press(key):
            time.sleep(0.2)

    def read(self) -> None:
        """The draft, as somebody reads it once more."""
        self.ask("GET", f"/proposals/{self.bidder.proposal}/")

    def to_upload(self, size: int) -> Ask:
        """A file of this size to the proposal."""
        body, headers = multipart(size)
        return Ask(f"/proposals/{self.bidder.proposal}/attachments/", self.cookies | headers, body)

    def upload(self, size: int) -> int:
        """One file of this size; the status of the answer."""
        form = self.to_upload(size)
        return self.ask("POST", form.path, form.body, form.headers)[0]


def multipart(size: int) -> tuple[bytes, dict[str, str]]:
    """A form with a PDF of about this size."""
    edge = "edge-of-a-part"
    parts = f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{FORM_KEY}\r\n'
    parts += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="letters.pdf"\r\n'
    parts += "Content-Type: application/pdf\r\n\r\n%PDF-1.4 "
    body = parts.encode() + random.randbytes(size) + f"\n%%EOF\r\n--{edge}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={edge}"}


def spread(jobs: list[Callable[[], object]], seconds: float) -> list[float]:
    """Each job at a moment of its own within so many seconds; how long each that came off took from then."""
    moments = sorted(random.uniform(0, seconds) for _ in jobs)
    waiting = iter(list(zip(moments, jobs, strict=True)))
    lock, times, began = threading.Lock(), [], time.monotonic()

    def work() -> None:
        while True:
            with lock:
                moment, job = next(waiting, (0.0, None))
            if job is None:
                return
            time.sleep(max(0.0, began + moment - time.monotonic()))
            if job() is not False:
                times.append(time.monotonic() - began - moment)

    threads = [threading.Thread(target=work) for _ in range(min(AT_ONCE, len(jobs)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


@contextmanager
def meanwhile(job: Callable[[], object], count: int = 1, pause: float = 0.0) -> Iterator[None]:
    """So many threads do this again and again until the block ends."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            job()
            over.wait(pause)

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def slow_uploads(clients: list[Client], count: int, a_second: int = 20_000) -> Iterator[None]:
    """So many clients send a file of 5 MB at so many bytes a second until the block ends."""
    over = threading.Event()

    def send(client: Client) -> None:
        body, headers = multipart(5_000_000)
        lines = [f"POST /proposals/{client.bidder.proposal}/attachments/ HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in (client.cookies | headers).items()]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
        with socket.create_connection(("127.0.0.1", client.port)) as line:
            line.sendall(head)
            for start in range(0, len(body), a_second // 4):
                if over.is_set():
                    return
                line.sendall(body[start : start + a_second // 4])
                over.wait(0.25)

    threads = [threading.Thread(target=send, args=(clients[n % len(clients)],)) for n in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def in_words(name: str, times: list[float], seconds: float, errors: int) -> str:
    """A line of the table."""
    ordered = sorted(times)
    p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.95, 0.99))
    p50 = statistics.median(ordered) * 1000
    return f"| {name} | {len(times) / seconds:.1f} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {errors} |"


def submit_within(clients: list[Client], seconds: float, name: str) -> str:
    """Everybody submits once within so many seconds; the line of the table counts what was accepted."""
    before, began = sum(len(client.refused) for client in clients), time.monotonic()
    times = spread([client.press for client in clients], seconds)
    errors = sum(len(client.refused) for client in clients) - before
    return in_words(name, times, time.monotonic() - began, errors)


def kill_in_the_middle(stack, clients: list[Client], names: tuple[str, ...], seconds: float) -> None:
    """Everybody insists on submitting while these processes are killed at once and started again."""
    crowd = threading.Thread(target=spread, args=([client.insist for client in clients], seconds))
    crowd.start()
    for name in names:
        time.sleep(seconds / (len(names) + 1))
        stack.kill(name)
        stack.start_again(name)
    crowd.join()


def lost_and_doubled(stack, clients: list[Client]) -> tuple[list[str], int]:
    """Keys of forms that were told "received" and are not there, and how many are there twice."""
    told = {key for client in clients for key in client.receipts}
    with stack.session() as cursor:
        cursor.execute("SELECT submit_key::text FROM tenders_version")
        kept = [row[0] for row in cursor.fetchall()]
    return sorted(told - set(kept)), len(kept) - len(set(kept))


def close_and_read_register(stack, reference: str) -> list[str]:
    """Let the deadline come now; the numbers of the receipts in the register that the clock publishes."""
    with stack.session() as cursor:
        cursor.execute(
            "UPDATE tenders_tender SET proposals_close_at = clock_timestamp() WHERE reference = %s",
            [reference],
        )
        cursor.connection.commit()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with closing(http.client.HTTPConnection("127.0.0.1", stack.port)) as connection:
            connection.request("GET", f"/tenders/{reference}/register.json")
            answer = connection.getresponse()
            body = answer.read()
        if answer.status == 200 and "json" in (answer.getheader("Content-Type") or ""):
            return [row["receipt_number"] for row in json.loads(body)["receipts"]]
        time.sleep(0.5)
    raise AssertionError("no register came")


def standing_receipts(stack, clients: list[Client]) -> list[str]:
    """The number of each client's newest version, from the database."""
    proposals = [client.bidder.proposal for client in clients]
    with stack.session() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (proposal_id) receipt_number FROM tenders_version"
            " WHERE proposal_id = ANY(%s::uuid[]) ORDER BY proposal_id, number DESC",
            [proposals],
        )
        return [row[0] for row in cursor.fetchall()]


def run(stack, clients: list[Client], reference: str) -> None:
    """The whole rush, with its table."""
    began = time.monotonic()
    uploads = spread([lambda client=client: client.upload(5_000_000) for client in clients], 120)
    print(f"\nThe rush: {len(clients)} consortia, a file of 5 MB each within two minutes:")
    print(f"p50 {statistics.median(uploads):.2f} s, {time.monotonic() - began:.0f} s in all.\n")
    print(
        "| submitting | a second | p50 ms | p95 ms | p99 ms | errors |\n|---|---|---|---|---|---|", flush=True
    )
    raw = load(stack.port, [Ask("/raw/submit/")] * CONNECTIONS, 5)
    name = f"the raw skeleton, {CONNECTIONS} connections without pause"
    print(in_words(name, raw.times, raw.seconds, 0), flush=True)
    reader = Client(stack.port, clients[0].bidder)
    with meanwhile(reader.read, 2), meanwhile(lambda: reader.ask("GET", f"/tenders/{reference}/"), 2):
        print(submit_within(clients, 60, "within a minute, while pages are read"), flush=True)
    print(submit_within(clients, 0.1, "all at once"), flush=True)
    few = clients[:60]
    print(submit_within(few, 15, "60 within 15 s, quiet"), flush=True)
    with slow_uploads(clients[60:] or clients, 40):
        print(submit_within(few, 15, "the same, 40 clients upload at 20 KB/s"), flush=True)
    stack.stop("broker")
    print(submit_within(few, 15, "the same, the broker hangs"), flush=True)
    stack.go_on("broker")
    kill_in_the_middle(stack, clients, ("web", "worker", "broker", "database"), 40)
    again = sum(len(client.refused) for client in clients)
    lost, doubled = lost_and_doubled(stack, clients)
    listed = close_and_read_register(stack, reference)
    standing = standing_receipts(stack, clients)
    missing = set(standing) - set(listed)
    print(
        f"\nKilled (-9) in the middle: web, worker, broker, database. Presses made again: {again};"
        f" told “received” and lost: {len(lost)}; doubled: {doubled}; {len(standing)} receipts stand,"
        f" {len(missing)} of them missing in the register, {len(listed) - len(set(listed))} there twice."
    )
    assert not lost
    assert not missing
    assert doubled == 0
