// A WebSocket that reconnects by itself, after growing delays, and reports what it does.

const FIRST_DELAY = 500; // ms
const MAX_DELAY = 10_000; // ms
const MAX_BUFFERED = 256 * 1024; // bytes that send() has accepted and the network has not

export class ReconnectingSocket {
    #socket = null;
    #timer = 0;
    #failures = 0;
    #enabled = false;
    #on;

    /** `on` has connecting(), opened(), received(data), closed(code, reason) and waiting(ms). */
    constructor(on) {
        this.#on = on;
        // The system has a network again: no reason to wait out the rest.
        addEventListener('online', () => this.retryNow());
    }

    /** Connects, and from now on keeps connecting. */
    open() {
        this.#enabled = true;
        this.#failures = 0;
        this.#connect();
    }

    /** Connects at once if it is waiting. */
    retryNow() {
        if (this.#enabled && !this.#socket) {
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
        socket.onmessage = (event) => this.#on.received(event.data); // a string, or an ArrayBuffer
        socket.onclose = (event) => this.#closed(socket, event); // comes after every error too
        this.#socket = socket;
    }

    #closed(socket, { code, reason }) {
        if (socket !== this.#socket) {
            return; // a socket that was replaced or closed before
        }
        this.#socket = null;
        this.#on.closed(code, reason);
        if (!this.#enabled) {
            return;
        }
        // Exponential backoff with jitter: the delay doubles after each failure, and a random part keeps
        // all browsers from connecting at the same moment when the server is back.
        const delay = Math.min(MAX_DELAY, FIRST_DELAY * 2 ** this.#failures) * (0.5 + Math.random() / 2);
        this.#failures += 1;
        this.#timer = setTimeout(() => this.#connect(), delay);
        this.#on.waiting(delay);
    }
    // ANCHOR_END: connect

    /** Starts again with the first delay: the room has accepted this connection. */
    resetBackoff() {
        this.#failures = 0;
    }

    /** Returns false when there is no connection. True means accepted, not delivered: send() never waits. */
    send(data) {
        if (this.#socket?.readyState !== WebSocket.OPEN) {
            return false;
        }
        this.#socket.send(data);
        return true;
    }

    /** True while earlier messages still wait in this browser. */
    get busy() {
        return (this.#socket?.bufferedAmount ?? 0) > MAX_BUFFERED;
    }

    /** Closes the connection with code 1000, and does not reconnect. */
    close() {
        this.#enabled = false;
        clearTimeout(this.#timer);
        this.#socket?.close(1000);
        this.#socket = null;
    }
}
