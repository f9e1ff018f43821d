"""락 접두사가 붙은 명령을 한 번의 일마다 세어 찍는다. 리눅스 x86-64에서, 한 명령씩 멈추며 돌린다."""
import ctypes, os, signal, sys

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
PEEKUSER, SINGLESTEP, TRACEME, RIP = 3, 9, 0, 128


def is_locked(code):
    i = 0
    while code[i] in (0x66, 0xF0, 0x2E, 0x3E, 0xF2, 0xF3) or 0x40 <= code[i] < 0x50:
        if code[i] == 0xF0:
            return True
        i += 1
    # 메모리와 바꾸는 xchg는 접두사가 없어도 락이다.
    return code[i] in (0x86, 0x87) and code[i + 1] < 0xC0


def count(command):
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        libc.ptrace(TRACEME, 0, None, None)
        os.execv(command[0], command)
    memory, known, total = None, {}, 0
    while True:
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            return total
        memory = memory or open(f"/proc/{pid}/mem", "rb", 0)
        rip = libc.ptrace(PEEKUSER, pid, RIP, None) & (2**64 - 1)
        if rip not in known:
            try:
                memory.seek(rip)
                known[rip] = is_locked(memory.read(15))
            except OSError:
                known[rip] = False
        total += known[rip]
        sent = os.WSTOPSIG(status)
        libc.ptrace(SINGLESTEP, pid, None, None if sent == signal.SIGTRAP else sent)


folder = sys.argv[1]
for work, per in [("spawn_all", 1), ("spawn_join", 1), ("yield2", 2)]:
    for peer in ["tokio", "mini", "final"]:
        binary = f"{folder}/measure"
        few, many = (count([binary, peer, work, str(n)]) for n in (50, 150))
        print(f"{work:10} {peer:6} {(many - few) / 100 / per:.1f}", flush=True)
