// The page: a form for the name, then the room. The chapter describes the protocol: lines of text, and
// binary messages for pictures.

import { pack, unpack } from './picture.js';
import { ReconnectingSocket } from './reconnect.js';
import { remember, remembered, texts, translate } from './texts.js';
import * as view from './view.js';

const { $ } = view;
const MAX_LINE_SIZE = 1024; // bytes
const NAME = /^[\p{Alphabetic}\p{N}_-]{1,24}$/u;
const HISTORY_LINES = 50; // lines that the room keeps

let myName = '';
let otherNames = [];
let joined = false; // this connection has joined the room
let joinedBefore = false; // an earlier connection had
let rejection = ''; // the last `! …`
let history = []; // lines since the connection opened, until `=`
let shownLines = []; // the last lines that this page shows

const socket = new ReconnectingSocket({
    connecting: () => view.state('connecting'),
    opened() {
        view.wire('·', '101', 'Switching Protocols');
        [joined, rejection, history] = [false, '', []];
        send(myName); // the first message is our name
    },
    received(data) {
        if (typeof data === 'string') {
            view.wire('←', 'text', `${bytes(data)} B ${data}`);
            receiveLine(data);
        } else {
            view.wire('←', 'ArrayBuffer', `${data.byteLength} B`);
            receivePicture(data);
        }
    },
    closed(code, reason) {
        view.wire('·', 'close', `${code} ${reason}`);
        const explanation = texts().refused[reason];
        if (joined) {
            view.notice(() => texts().cut, 'bad');
        }
        if (!joinedBefore && (rejection === '! name taken' || rejection === '! bad name')) {
            const name = myName;
            socket.close();
            showNameForm(rejection === '! bad name' ? texts().badName : texts().nameTaken(name));
        } else if (explanation) {
            hint(explanation);
        }
        joined = false;
    },
    waiting: (ms) => { if ($('name-form').hidden) view.state('waiting', ms); },
});

/** Handles a line from the room. A name has no blank and no colon, so the first two characters decide. */
function receiveLine(line) {
    const [sign, rest] = [line.slice(0, 2), line.slice(2)];
    if (sign === '! ') {
        rejection = line;
    } else if (sign === '=' || sign === '= ') {
        enter(rest.split(' ').filter(Boolean));
    } else if (sign === '+ ') {
        otherNames.push(rest);
        showMembers();
        view.notice(() => texts().joined(rest));
    } else if (sign === '- ') {
        otherNames = otherNames.filter((name) => name !== rest);
        showMembers();
        view.notice(() => texts().left(rest));
    } else if (joined) {
        showLine(line);
    } else {
        history.push(line); // sent before we joined; `=` ends it
    }
}

function showLine(line, early = false) {
    const colon = line.indexOf(': ');
    shownLines.push(line);
    shownLines = shownLines.slice(-HISTORY_LINES);
    view.line(line.slice(0, colon), line.slice(colon + 2), myName, early);
}

/** Shows the room: the history, then the members. After a lost connection, only lines not shown before. */
function enter(names) {
    otherNames = names;
    joined = true;
    socket.resetBackoff();
    hint('');
    view.screen('room');
    view.state('open');
    const seen = [...shownLines];
    const missed = history.filter((line) => {
        const at = seen.indexOf(line);
        return at < 0 || !seen.splice(at, 1);
    });
    if (missed.length) {
        view.notice(() => texts().before);
        missed.forEach((line) => showLine(line, true));
    }
    if (joinedBefore) {
        view.notice(() => texts().back, 'good');
    } else {
        if (!names.length) {
            view.notice(() => texts().alone);
        }
        $('line').focus();
    }
    joinedBefore = true;
    showMembers();
}

function receivePicture(buffer) {
    try {
        view.picture(unpack(buffer), myName);
    } catch (error) {
        view.wire('·', 'error', String(error)); // bytes that are not in our format
    }
}

const showMembers = () => view.members([myName, ...otherNames], myName);
const bytes = (text) => new TextEncoder().encode(text).length;

function send(data) {
    const sent = socket.send(data);
    if (sent) {
        view.wire('→', typeof data === 'string' ? 'text' : 'Blob', typeof data === 'string' ? `${bytes(data)} B ${data}` : `${data.size} B`);
    }
    return sent;
}

function hint(text) {
    $('hint').textContent = text;
}

/** Shows the form for the name, with an error if there is one. */
function showNameForm(error = '') {
    view.state('idle');
    view.screen('name-form');
    $('name-error').textContent = error;
    $('name').setAttribute('aria-invalid', String(error !== ''));
    $('name').focus();
}

$('name-form').addEventListener('submit', (event) => {
    event.preventDefault();
    myName = $('name').value.trim().normalize('NFC'); // ế as one letter, however the keyboard made it
    if (!NAME.test(myName)) {
        showNameForm(texts().badName);
        return;
    }
    $('name-error').textContent = '';
    $('name').setAttribute('aria-invalid', 'false');
    remember('name', myName);
    [joinedBefore, shownLines] = [false, []];
    view.clear();
    socket.open();
});

$('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const line = $('line').value.normalize('NFC');
    if (!line.trim()) {
        return;
    }
    if (bytes(line) > MAX_LINE_SIZE) {
        hint(texts().tooLong(bytes(line)));
    } else if (!joined || !send(line)) {
        hint(texts().notSent);
    } else {
        hint('');
        showLine(`${myName}: ${line}`); // the room sends it to the others only
        $('line').value = '';
    }
});

async function sendPicture(file) {
    if (!file) {
        return;
    }
    try {
        const blob = await pack(file);
        if (socket.busy) {
            hint(texts().slow);
        } else if (!joined || !send(blob)) {
            hint(texts().notSent);
        } else {
            hint('');
            view.picture({ name: myName, size: blob.size, blob }, myName);
        }
    } catch {
        hint(texts().notReadable);
    }
}

$('picture').addEventListener('change', () => {
    sendPicture($('picture').files[0]);
    $('picture').value = ''; // the same file may be sent again
});
$('line').addEventListener('paste', (event) => sendPicture(event.clipboardData.files[0]));
$('room').addEventListener('dragover', (event) => event.preventDefault());
$('room').addEventListener('drop', (event) => {
    event.preventDefault();
    sendPicture(event.dataTransfer.files[0]);
});
$('retry').addEventListener('click', () => socket.retryNow());
$('language').addEventListener('click', () => translate(true));
$('leave').addEventListener('click', () => {
    socket.close();
    showNameForm();
});

translate();
view.state('idle');
$('name').value = remembered('name') ?? '';
$('wire-box').open = matchMedia('(min-width: 60rem)').matches;
$('name').focus();
