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
    lines=f'for i in range({LINES}): print("line", i)',
    member="str.joi",
    documented="print(",
    name="print",
    late='import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.8), print("late"))).start()',
    fails="# a comment\n\nfew = [0]\nfew[5] = 3",
    unprintable='class Bad:\n    def __repr__(self): raise RecursionError("shown")\nBad()',
)
