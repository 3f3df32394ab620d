"""Reads docx and pdf in a child process with bounds of time and memory: their libraries may loop, grow or crash on a bad file.

>>> extract(data, "pdf", Limits()).format                                # doctest: +SKIP
'pdf'

The child gets the bytes on its standard input and answers with JSON. It may not open a socket, start a program or write
a file. Linux bounds the memory it may ask for; where the system does not (Windows, macOS), the parent looks at it ten times
a second and ends it.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from analysis.read.content import Content
from analysis.read.errors import InputError, Note
from analysis.read.limits import Limits

# What the child is refused, by the names of Python's audit events.
REFUSED: tuple[str, ...] = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.mkdir",
)
REFUSED += (
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "shutil.",
    "urllib.",
    "ftplib.",
    "http.client",
    "smtplib.",
    "ctypes.dlopen",
)
LOOK_SECONDS = 0.1
WRITING = ("w", "a", "x", "+")


def extract(data: bytes, kind: str, limits: Limits) -> Content:
    """Text of a docx or pdf; InputError where it cannot be read within the limits."""
    command = [sys.executable, "-m", "analysis.read.sandbox", kind, json.dumps(asdict(limits))]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=_environment()) as child:
        watch = _Watch(child, limits.memory_mb * 1_000_000)
        try:
            answer, told = child.communicate(data, timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise InputError("E_TIMEOUT", seconds=f"{limits.seconds:g}") from error
        finally:
            child.kill()
            watch.end()
    if watch.ended_it:
        raise _too_much_memory(limits)
    if child.returncode:
        raise _crash(child.returncode, told, limits)
    return _answer(json.loads(answer))


class _Watch:
    """Ends a process that holds more memory than it may."""

    def __init__(self, child: "subprocess.Popen[bytes]", most: float) -> None:
        self.ended_it = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(child, most), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self, child: "subprocess.Popen[bytes]", most: float) -> None:
        psutil: Any = import_module("psutil")
        try:
            process = psutil.Process(child.pid)
            while not self._over.wait(LOOK_SECONDS):
                if process.memory_info().rss > most:
                    self.ended_it = True
                    child.kill()
                    return
        except psutil.Error:  # it has ended
            return


def _too_much_memory(limits: Limits) -> InputError:
    return InputError("E_MEMORY", limit=f"{limits.memory_mb:g} MB")


def _environment() -> dict[str, str]:
    """The child finds the same modules; one thread for numpy, whose threads would each reserve memory."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    paths = os.pathsep.join(path for path in sys.path if path)
    return {
        **kept,
        "PYTHONPATH": paths,
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _crash(code: int, told: bytes, limits: Limits) -> InputError:
    last = told.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
    if code == -24:  # SIGXCPU
        return InputError("E_TIMEOUT", seconds=f"{limits.seconds:g}")
    if "MemoryError" in last or code in (-9, -6, -11):  # killed, aborted or fallen over at the bound of its memory
        return _too_much_memory(limits)
    return InputError("E_CORRUPT", why=(f"reading it stopped with {last or f'exit code {code}'}", f"讀取時中止({last or code})"))


def _answer(told: Mapping[str, Any]) -> Content:
    if "error" in told:
        code, details = told["error"]
        raise InputError(code, **_details(details))
    notes = tuple(Note(code, _details(details)) for code, details in told["notes"])
    return Content(told["text"], told["format"], told["encoding"], notes)


def _details(details: Mapping[str, Any]) -> dict[str, object]:
    """JSON has no pairs: a list is an (English, Chinese) pair."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in details.items()}


# In the child -------------------------------------------------------------------------------------------------------------


def _main(kind: str, limits: Limits) -> None:
    data = sys.stdin.buffer.read()
    reader = _reader(kind)
    _bound(limits)
    sys.addaudithook(_refuse)
    try:
        held = reader(data, limits)
        told = {**held._asdict(), "notes": [(each.code, dict(each.details)) for each in held.notes]}
    except InputError as error:
        told = {"error": (error.note.code, dict(error.note.details))}
    except RecursionError:
        told = {"error": ("E_CORRUPT", {"why": ("it nests too deep", "巢狀層數過多")})}
    sys.stdout.write(json.dumps(told))


def _reader(kind: str) -> Any:
    """The function that reads this kind, with all it needs imported before the bounds are set."""
    if kind == "docx":
        import lxml.etree  # noqa: F401

        from analysis.read import docx

        return docx.read
    from analysis.read import pdf

    pdf.prepare()
    return pdf.read


def _bound(limits: Limits) -> None:
    """Bounds of memory, processor time and core files, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    memory, seconds = int(limits.memory_mb * 1_000_000), max(1, int(limits.seconds) + 1)
    for kind, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and any(mode in arguments[1] for mode in WRITING)
    if writes or event.startswith(REFUSED):
        raise PermissionError(f"{event} is not allowed while a speech is read")


if __name__ == "__main__":
    _main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
