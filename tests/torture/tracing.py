"""Following a process at its system calls, with ptrace: Linux on x86-64, and nothing to install.

A filter of seccomp stops the process at the calls that are asked for and at no others, which makes this
nearly as fast as not looking. See ptrace(2), seccomp(2), and `PTRACE_GET_SYSCALL_INFO` in the former.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.torture.outcome import CannotRun

_libc: Final = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long

_TRACEME, _POKEUSER, _CONT, _SYSCALL, _SETOPTIONS, _SYSCALL_INFO = 0, 6, 7, 24, 0x4200, 0x420E
_SYSGOOD, _FORK, _VFORK, _CLONE, _EXEC, _SECCOMP, _EXITKILL = 1, 2, 4, 8, 16, 128, 0x100000
_OPTIONS: Final = _SYSGOOD | _FORK | _VFORK | _CLONE | _EXEC | _SECCOMP | _EXITKILL
_SECCOMP_EVENT: Final = 7
_EXIT_STOP: Final = signal.SIGTRAP | 0x80
_WALL: Final = 0x40000000

_RAX, _ORIG_RAX = 10 * 8, 15 * 8  # where a stopped process has them; see <sys/user.h>
_X86_64: Final = 0xC000003E  # AUDIT_ARCH_X86_64
_ALLOW, _TRACE, _KILL = 0x7FFF0000, 0x7FF00000, 0x80000000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06


@dataclass(frozen=True, slots=True)
class Entered:
    """A system call that a thread is about to make: its number, its arguments as they are in registers."""

    thread: int
    number: int
    arguments: tuple[int, ...]

    def memory(self, address: int, size: int) -> bytes:
        """What the process has at an address."""
        with open(f"/proc/{self.thread}/mem", "rb", buffering=0) as file:  # noqa: PTH123 - no path of ours
            file.seek(address)
            return file.read(size)


@dataclass(frozen=True, slots=True)
class Fail:
    """Do not make the call: it fails with this error."""

    error: int


@dataclass(frozen=True, slots=True)
class Kill:
    """End the process with kill -9 before it makes the call."""


Decision: TypeAlias = "Callable[[int], None] | Fail | Kill | None"
"""What becomes of a call: it fails, or is never made; else who is told what it returned, if anybody."""

Decide: TypeAlias = Callable[[Entered], Decision]


def check_machine() -> None:
    """Raise `CannotRun` where processes cannot be followed."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise CannotRun("system calls are followed on Linux on x86-64 only")


def be_followed(numbers: Iterable[int]) -> None:
    """To be called by the process that is to be followed, at these calls: it waits for `follow`."""
    _ptrace(_TRACEME, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    program = _filter(sorted(set(numbers)))
    kept = ctypes.create_string_buffer(program, len(program))
    described = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    )
    if _libc.prctl(38, 1, 0, 0, 0) or _libc.prctl(22, 2, described, 0, 0):  # no new privileges; the filter
        raise OSError(ctypes.get_errno(), "this machine allows no filter of system calls")


def follow(process: int, decide: Decide) -> int:
    """Follow a process that called `be_followed`, and its threads, to its end; returns its wait status."""
    _, status = os.waitpid(process, 0)
    if not os.WIFSTOPPED(status):
        raise CannotRun("processes may not be followed here: ptrace is forbidden")
    _ptrace(_SETOPTIONS, process, 0, _OPTIONS)
    _ptrace(_CONT, process, 0, 0)
    pending: dict[int, Callable[[int], None]] = {}
    while True:
        thread, status = os.waitpid(-1, _WALL)
        if not os.WIFSTOPPED(status):
            if thread == process:
                return status
            continue
        try:
            _go_on(process, thread, status, decide, pending)
        except ProcessLookupError:  # it was killed meanwhile, and is waited for
            continue


def _go_on(
    process: int, thread: int, status: int, decide: Decide, pending: dict[int, Callable[[int], None]]
) -> None:
    """Do what is to be done at one stop, and let the thread go on."""
    stop, event = os.WSTOPSIG(status), status >> 16
    if event == _SECCOMP_EVENT:
        decision = decide(_entered(thread))
        match decision:
            case Kill():
                os.kill(process, signal.SIGKILL)
            case Fail(error):
                _ptrace(_POKEUSER, thread, _ORIG_RAX, -1)
                _ptrace(_POKEUSER, thread, _RAX, -error)
                _ptrace(_CONT, thread, 0, 0)
            case None:
                _ptrace(_CONT, thread, 0, 0)
            case told:
                pending[thread] = told
                _ptrace(_SYSCALL, thread, 0, 0)
    elif stop == _EXIT_STOP:
        pending.pop(thread)(_returned(thread))
        _ptrace(_CONT, thread, 0, 0)
    elif event or stop == signal.SIGSTOP:  # a thread that begins, or that has begun
        _ptrace(_CONT, thread, 0, 0)
    else:
        _ptrace(_CONT, thread, 0, stop)


def _entered(thread: int) -> Entered:
    number, *arguments = struct.unpack_from("7Q", _information(thread), 24)
    return Entered(thread, number, tuple(arguments))


def _returned(thread: int) -> int:
    value: int = struct.unpack_from("q", _information(thread), 24)[0]
    return value


def _information(thread: int) -> bytes:
    found = ctypes.create_string_buffer(88)
    _ptrace(_SYSCALL_INFO, thread, len(found), ctypes.addressof(found))
    return found.raw


def _filter(numbers: list[int]) -> bytes:
    """A program for the kernel: stop at these calls, allow all others. Calls of other machines end it."""
    jumps = [_instruction(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    return b"".join(
        [
            _instruction(_LOAD, 0, 0, 4),
            _instruction(_EQUAL, 1, 0, _X86_64),
            _instruction(_RETURN, 0, 0, _KILL),
            _instruction(_LOAD, 0, 0, 0),
            *jumps,
            _instruction(_RETURN, 0, 0, _ALLOW),
            _instruction(_RETURN, 0, 0, _TRACE),
        ]
    )


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _ptrace(request: int, thread: int, address: int, data: int) -> None:
    if _libc.ptrace(request, thread, address, data) == -1 and (error := ctypes.get_errno()):
        raise OSError(error, f"ptrace({request}): {os.strerror(error)}")
