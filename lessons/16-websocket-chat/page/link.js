// A WebSocket that comes back: it reconnects by itself, later and later, and says so.

const FIRST_WAIT = 500; // ms
const LONGEST_WAIT = 10_000;
const UNSENT = 256 * 1024; // bytes that send() has taken and the network has not

export class Link {
    #socket = null;
    #timer = 0;
    #failures = 0;
    #wanted = false;
    #on;

    /** `on` has opened(), heard(data), closed(code, reason, was), waits(ms) and connecting(). */
    constructor(on) {
        this.#on = on;
        // The system has a network again: no reason to wait out the rest.
        addEventListener('online', () => this.now());
    }

    /** Connects, and from now on keeps connecting. */
    open() {
        this.#wanted = true;
        this.#failures = 0;
        this.#connect();
    }

    /** Tries at once, when it is waiting. */
    now() {
        if (this.#wanted && !this.#socket) {
            this.#connect();
        }
    }

    // ANCHOR: connect
    #connect() {
        clearTimeout(this.#timer);
        this.#on.connecting();
        const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/`);
        socket.binaryType = 'arraybuffer'; // the other choice is 'blob'
        socket.onopen = () => this.#on.opened();
        socket.onmessage = (event) => this.#on.heard(event.data); // a string, or an ArrayBuffer
        socket.onclose = (event) => this.#closed(socket, event); // comes after every error too
        this.#socket = socket;
    }

    #closed(socket, { code, reason }) {
        if (socket !== this.#socket) {
            return; // one that we have given up already
        }
        this.#socket = null;
        this.#on.closed(code, reason);
        if (!this.#wanted) {
            return;
        }
        // Twice as long after each failure, and not all browsers at the same moment: a server that
        // comes back must not be met by everybody at once.
        const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures) * (0.5 + Math.random() / 2);
        this.#failures += 1;
        this.#timer = setTimeout(() => this.#connect(), wait);
        this.#on.waits(wait);
    }
    // ANCHOR_END: connect

    /** The room has let us in: the next failure is a first one again. */
    settled() {
        this.#failures = 0;
    }

    /** False when there is no connection. True means taken, not arrived: send() never waits. */
    send(data) {
        if (this.#socket?.readyState !== WebSocket.OPEN) {
            return false;
        }
        this.#socket.send(data);
        return true;
    }

    /** True while what was sent earlier still waits in this browser. */
    get busy() {
        return (this.#socket?.bufferedAmount ?? 0) > UNSENT;
    }

    /** Ends the connection properly, and does not come back. */
    close() {
        this.#wanted = false;
        clearTimeout(this.#timer);
        this.#socket?.close(1000);
        this.#socket = null;
    }
}
