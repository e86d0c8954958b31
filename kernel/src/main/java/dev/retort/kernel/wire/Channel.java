package dev.retort.kernel.wire;

import org.zeromq.SocketType;

/** The five channels between a front end and a kernel. */
public enum Channel {
    /** Requests, one after the other. */
    SHELL(SocketType.ROUTER, "shell_port"),
    /** Requests that must not wait for a cell. */
    CONTROL(SocketType.ROUTER, "control_port"),
    /** Questions of the kernel to the user. */
    STDIN(SocketType.ROUTER, "stdin_port"),
    /** What every front end sees: outputs and states. */
    IOPUB(SocketType.XPUB, "iopub_port"),
    /** Echoes, as a sign of life. */
    HEARTBEAT(SocketType.REP, "hb_port");

    private final SocketType socketType;
    private final String portField;

    Channel(SocketType socketType, String portField) {
        this.socketType = socketType;
        this.portField = portField;
    }

    SocketType socketType() {
        return socketType;
    }

    String portField() {
        return portField;
    }
}
