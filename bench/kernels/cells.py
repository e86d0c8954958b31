"""The same cells in the languages of the kernels."""

from dataclasses import dataclass

LINES = 200_000


@dataclass(frozen=True)
class Cells:
    one: str  # the trivial cell
    keep: str  # declares a variable ...
    read: str  # ... and shows it: 42
    spin: str
    sleep: str  # ... for a minute
    ask: str  # reads a line of input and shows it
    receive: str  # waits for a byte on a socket that never comes
    loop: str  # does sums for a second or so
    lines: str  # prints LINES lines
    member: str  # to be completed at its end
    documented: str  # to be inspected at its end, within the arguments
    name: str  # to be inspected at its end, right behind a name
    late: str  # its thread prints «late» after the cell has ended
    fails: str  # at run time, in its fourth line
    unprintable: str  # its result throws an error when it is shown


JAVA = Cells(
    one="1+1",
    keep="int keep = 42;",
    read="keep",
    spin="while(true){}",
    sleep="Thread.sleep(60_000);",
    ask="new java.util.Scanner(System.in).nextLine()",
    receive="""var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
var client = new java.net.Socket(server.getInetAddress(), server.getLocalPort());
server.accept().getInputStream().read()""",
    loop="long sum = 0; for (int i = 0; i < 1_000_000_000; i++) { sum += i ^ (sum >> 3); }",
    lines=f'for (int i = 0; i < {LINES}; i++) System.out.println("line " + i);',
    member="System.out.pri",
    documented="String.valueOf(",
    name="System.out.println",
    late='new Thread(() -> { try { Thread.sleep(800); } catch (InterruptedException e) { } System.out.println("late"); }).start();',
    fails="// a comment\n\nint[] few = new int[2];\nfew[5] = 3;",
    unprintable='class Bad { public String toString() { throw new StackOverflowError("shown"); } }\nnew Bad()',
)
KOTLIN = Cells(
    one="1+1",
    keep="val keep = 42",
    read="keep",
    spin="while(true){}",
    sleep="Thread.sleep(60_000)",
    ask="readLine()",
    receive="""val server = java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
val client = java.net.Socket(server.inetAddress, server.localPort);
server.accept().inputStream.read()""",
    loop="var sum = 0L; for (i in 0 until 1_000_000_000) { sum += i.toLong() xor (sum shr 3) }",
    lines=f'for (i in 0 until {LINES}) println("line $i")',
    member="System.out.pri",
    documented="String.format(",
    name="println",
    late='Thread { Thread.sleep(800); println("late") }.start()',
    fails="// a comment\n\nval few = IntArray(2)\nfew[5] = 3",
    unprintable='class Bad { override fun toString(): String { throw StackOverflowError("shown") } }\nBad()',
)
PYTHON = Cells(
    one="1+1",
    keep="keep = 42",
    read="keep",
    spin="while True: pass",
    sleep="import time; time.sleep(60)",
    ask="input()",
    receive="import socket; ends = socket.socketpair(); ends[0].recv(1)",
    loop="total = 0\nfor i in range(10_000_000): total += i ^ (total & 7)",
    lines=f'for i in range({LINES}): print("line", i)',
    member="str.joi",
    documented="print(",
    name="print",
    late='import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.8), print("late"))).start()',
    fails="# a comment\n\nfew = [0]\nfew[5] = 3",
    unprintable='class Bad:\n    def __repr__(self): raise RecursionError("shown")\nBad()',
)
