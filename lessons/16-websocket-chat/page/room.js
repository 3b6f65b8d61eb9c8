// The page: a name at the door, then the room. The protocol is in the chapter: lines of text, and
// binary messages for pictures.

import { Link } from './link.js';
import { pack, unpack } from './picture.js';
import { remember, remembered, speak, texts } from './texts.js';
import * as view from './view.js';

const { $ } = view;
const LINE = 1024; // bytes
const NAME = /^[\p{Alphabetic}\p{N}_-]{1,24}$/u;
const KEPT = 50; // lines that a room remembers

let me = '';
let others = [];
let inside = false; // the room has let this connection in
let before = false; // an earlier connection was in
let refused = ''; // the last `! …`
let history = []; // lines since the connection opened, until `=`
let known = []; // the last lines that this page shows

const link = new Link({
    connecting: () => view.state('connecting'),
    opened() {
        view.wire('·', '101', 'Switching Protocols');
        [inside, refused, history] = [false, '', []];
        send(me); // the first message is our name
    },
    heard(data) {
        if (typeof data === 'string') {
            view.wire('←', 'text', `${bytes(data)} B ${data}`);
            heard(data);
        } else {
            view.wire('←', 'ArrayBuffer', `${data.byteLength} B`);
            shown(data);
        }
    },
    closed(code, reason) {
        view.wire('·', 'close', `${code} ${reason}`);
        const why = texts().refused[reason];
        if (inside) {
            view.remark(() => texts().cut, 'bad');
        }
        if (!before && (refused === '! name taken' || refused === '! bad name')) {
            const name = me;
            link.close();
            door(refused === '! bad name' ? texts().badName : texts().nameTaken(name));
        } else if (why) {
            hint(why);
        }
        inside = false;
    },
    waits: (ms) => { if ($('door').hidden) view.state('waiting', ms); },
});

// ANCHOR: heard
/** One line from the room. A name holds neither a blank nor a colon, so the first sign decides. */
function heard(line) {
    const [sign, rest] = [line.slice(0, 2), line.slice(2)];
    if (sign === '! ') {
        refused = line;
    } else if (sign === '=' || sign === '= ') {
        entered(rest.split(' ').filter(Boolean));
    } else if (sign === '+ ') {
        others.push(rest);
        members();
        view.remark(() => texts().joined(rest));
    } else if (sign === '- ') {
        others = others.filter((name) => name !== rest);
        members();
        view.remark(() => texts().left(rest));
    } else if (inside) {
        said(line);
    } else {
        history.push(line); // said before we came; `=` ends it
    }
}
// ANCHOR_END: heard

function said(line, early = false) {
    const colon = line.indexOf(': ');
    known.push(line);
    known = known.slice(-KEPT);
    view.line(line.slice(0, colon), line.slice(colon + 2), me, early);
}

/** We are in: what was said before, then who is here. After a cut, only what we have not seen. */
function entered(names) {
    others = names;
    inside = true;
    link.settled();
    hint('');
    view.screen('room');
    view.state('open');
    const seen = [...known];
    const missed = history.filter((line) => {
        const at = seen.indexOf(line);
        return at < 0 || !seen.splice(at, 1);
    });
    if (missed.length) {
        view.remark(() => texts().before);
        missed.forEach((line) => said(line, true));
    }
    if (before) {
        view.remark(() => texts().back, 'good');
    } else {
        if (!names.length) {
            view.remark(() => texts().alone);
        }
        $('line').focus();
    }
    before = true;
    members();
}

function shown(buffer) {
    try {
        view.picture(unpack(buffer), me);
    } catch (error) {
        view.wire('·', 'error', String(error)); // bytes that are not packed as we know it
    }
}

const members = () => view.members([me, ...others], me);
const bytes = (text) => new TextEncoder().encode(text).length;

function send(data) {
    const sent = link.send(data);
    if (sent) {
        view.wire('→', typeof data === 'string' ? 'text' : 'Blob', typeof data === 'string' ? `${bytes(data)} B ${data}` : `${data.size} B`);
    }
    return sent;
}

function hint(text) {
    $('hint').textContent = text;
}

/** Back to the door, with what is wrong there. */
function door(wrong = '') {
    view.state('idle');
    view.screen('door');
    $('name-wrong').textContent = wrong;
    $('name').setAttribute('aria-invalid', String(wrong !== ''));
    $('name').focus();
}

$('door').addEventListener('submit', (event) => {
    event.preventDefault();
    me = $('name').value.trim().normalize('NFC'); // ế as one letter, however the keyboard made it
    if (!NAME.test(me)) {
        door(texts().badName);
        return;
    }
    $('name-wrong').textContent = '';
    $('name').setAttribute('aria-invalid', 'false');
    remember('name', me);
    [before, known] = [false, []];
    view.clear();
    link.open();
});

$('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const line = $('line').value.normalize('NFC');
    if (!line.trim()) {
        return;
    }
    if (bytes(line) > LINE) {
        hint(texts().tooLong(bytes(line)));
    } else if (!inside || !send(line)) {
        hint(texts().notSent);
    } else {
        hint('');
        said(`${me}: ${line}`); // the room says it to everybody else
        $('line').value = '';
    }
});

async function show(file) {
    if (!file) {
        return;
    }
    try {
        const blob = await pack(file);
        if (link.busy) {
            hint(texts().slow);
        } else if (!inside || !send(blob)) {
            hint(texts().notSent);
        } else {
            hint('');
            view.picture({ name: me, size: blob.size, blob }, me);
        }
    } catch {
        hint(texts().notReadable);
    }
}

$('picture').addEventListener('change', () => {
    show($('picture').files[0]);
    $('picture').value = ''; // the same file may be sent again
});
$('line').addEventListener('paste', (event) => show(event.clipboardData.files[0]));
$('room').addEventListener('dragover', (event) => event.preventDefault());
$('room').addEventListener('drop', (event) => {
    event.preventDefault();
    show(event.dataTransfer.files[0]);
});
$('retry').addEventListener('click', () => link.now());
$('language').addEventListener('click', () => speak(true));
$('leave').addEventListener('click', () => {
    link.close();
    door();
});

speak();
view.state('idle');
$('name').value = remembered('name') ?? '';
$('wire-box').open = matchMedia('(min-width: 60rem)').matches;
$('name').focus();
