"""No network, no written files and no other programs for this process, where Linux can refuse them; for good.

Two locks that do not know of each other: a filter of system calls (seccomp), and Landlock, under which only the
program's own folders can be read. Elsewhere, and on kernels without them, the process goes on without.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

CALLS, FILES = "calls", "files"
"""The two locks: the filter of system calls, and the file system."""
READABLE = ("/usr", "/lib", "/lib64", "/etc", "/dev/urandom", "/dev/null", "/nix/store")
"""What libraries may read besides the program's own folders: each other, fonts, kinds of file, chance."""

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""The kernel's name for how calls are made, and the column of `_REFUSED`."""
_REFUSED = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "clone3": (435, 435),
    "creat": (85, None),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "openat2": (437, 437),
    "open_by_handle_at": (304, 265),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}
"""Calls that are refused whatever they ask for, with their numbers on both kinds of machine; io_uring because what is
asked for through it passes no filter."""
_OPENING = {"open": ((2, None), 1), "openat": ((257, 56), 2)}
"""Calls that are refused when they would write, and which argument tells."""
_SIGNALLING = (234, 131)
"""tgkill: a process may end itself and no other."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_LOAD, _JUMP_EQUAL, _JUMP_FROM, _JUMP_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 5: 1 << 16}
"""The rights of the file system that Landlock knows from each of its versions on: all below the bit."""


def confine() -> tuple[str, ...]:
    """Shut both locks on this process and say which of them this system would not shut."""
    if sys.platform != "linux":
        return (CALLS, FILES)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        _checked(system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    except (OSError, AttributeError):
        return (CALLS, FILES)
    missing = []
    for name, lock in ((FILES, _lock_files), (CALLS, _lock_calls)):
        try:
            lock(system)
        except (OSError, AttributeError, KeyError):
            missing.append(name)
    return tuple(missing)


def _lock_calls(system: ctypes.CDLL) -> None:
    """Refuse the calls; KeyError on a machine whose numbers we do not know."""
    machine, column = _MACHINES[platform.machine() if sys.maxsize > 2**32 else ""]
    steps = b"".join(_program(machine, column))
    program = ctypes.create_string_buffer(steps, len(steps))
    header = struct.pack("HxxxxxxQ", len(steps) // 8, ctypes.addressof(program))
    _checked(system.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_FILTER), header, 0, 0))


def _program(machine: int, column: int) -> Iterator[bytes]:
    """The filter, step by step; a step that compares goes on with the next one when it holds, else past `past`."""
    refuse = _step(_RETURN, _REFUSE)
    yield _step(_LOAD, _MACHINE)
    yield _step(_JUMP_EQUAL, machine, yes=1)
    yield refuse
    yield _step(_LOAD, _NUMBER)
    yield _step(_JUMP_FROM, 1 << 30, past=1)  # the other way to number calls on x86_64
    yield refuse
    for numbers in _REFUSED.values():
        if (number := numbers[column]) is not None:
            yield _step(_JUMP_EQUAL, number, past=1)
            yield refuse
    for numbers, argument in _OPENING.values():
        if (number := numbers[column]) is not None:
            yield _step(_JUMP_EQUAL, number, past=4)
            yield _step(_LOAD, _ARGUMENTS + 8 * argument)
            yield _step(_JUMP_ANY, _WRITING, past=1)
            yield refuse
            yield _step(_RETURN, _ALLOW)
    yield _step(_JUMP_EQUAL, _SIGNALLING[column], past=3)
    yield _step(_LOAD, _ARGUMENTS)
    yield _step(_JUMP_EQUAL, os.getpid(), yes=1)
    yield refuse
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, *, yes: int = 0, past: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, past, value)


def _lock_files(system: ctypes.CDLL) -> None:
    """Let nothing be written, made or removed, nothing be connected to, and only the program's folders be read."""
    version = _checked(system.syscall(ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), 1))
    rights = _RIGHTS[max(known for known in _RIGHTS if known <= version)] - 1
    network, others = (3 if version >= 4 else 0), (3 if version >= 6 else 0)
    asked = struct.pack("QQQ", rights, network, others)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    rules = _checked(system.syscall(ctypes.c_long(_CREATE_RULESET), asked, ctypes.c_size_t(len(asked)), 0))
    try:
        for place in _readable(sys.path):
            _let_read(system, rules, place)
        _checked(system.syscall(ctypes.c_long(_RESTRICT_SELF), rules, 0))
    finally:
        os.close(rules)


def _readable(program: Sequence[str]) -> Iterator[Path]:
    """Where the program, its interpreter and their libraries lie."""
    folders = [*READABLE, sys.prefix, sys.base_prefix, sys.executable, *program]
    yield from {Path(folder) for folder in folders if folder and Path(folder).exists()}


def _let_read(system: ctypes.CDLL, rules: int, place: Path) -> None:
    opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", _READ_FILE | (_READ_FOLDER if place.is_dir() else 0), opened)
        _checked(system.syscall(ctypes.c_long(_ADD_RULE), rules, 1, rule, 0))
    finally:
        os.close(opened)


def _checked(answer: int) -> int:
    """The answer; OSError when it says that the system would not."""
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return answer
