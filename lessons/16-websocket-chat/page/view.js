// Everything that the page shows. What others wrote goes in as text, never as HTML.

import { language, texts } from './texts.js';

const MAX_WIRE_LINES = 60; // messages kept in the list "On the wire"
const MAX_LOG_ENTRIES = 500; // entries kept in the log
export const $ = (id) => document.getElementById(id);

const log = $('log');
let last = { name: null }; // the sender of the last line: consecutive lines show one name

function element(tag, className, ...children) {
    const one = document.createElement(tag);
    one.className = className;
    one.append(...children);
    return one;
}

/** Returns an element that shows `text()` now, and again after a change of language. */
function translated(tag, className, text) {
    const one = element(tag, className, text());
    one.dataset.translated = '';
    one.addEventListener('translate', () => { one.textContent = text(); });
    return one;
}

/** Colours an element by a name: the same name has the same colour in every browser. */
function coloured(one, name) {
    let hash = 7;
    for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) % 360;
    one.style.setProperty('--hue', hash);
    return one;
}

const initial = (name) => [...name][0].toLocaleUpperCase(language());

// The log sticks to its end, unless the reader has scrolled up.
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;
log.addEventListener('scroll', () => { if (atEnd()) $('newest').hidden = true; });
$('newest').addEventListener('click', toEnd);

function toEnd() {
    log.scrollTop = log.scrollHeight;
    $('newest').hidden = true;
}

function append(entry, mine = false) {
    const stay = !mine && !atEnd();
    log.append(entry);
    if (log.childElementCount > MAX_LOG_ENTRIES) {
        const oldest = log.firstElementChild;
        for (const image of oldest.querySelectorAll('img')) URL.revokeObjectURL(image.src);
        oldest.remove();
    }
    $('newest').hidden = !stay;
    if (!stay) {
        toEnd();
    }
}

/** Adds a notice across the log: a member joined, the connection is back. */
export function notice(text, className = '') {
    last = { name: null };
    append(translated('p', `notice ${className}`, text));
}

function bubble(name, me, early, content) {
    const entry = coloured(element('div', `entry${name === me ? ' mine' : ''}`), name);
    if (last.name !== name || last.early !== early) {
        entry.classList.add('first');
        const time = early ? '' : new Date().toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
        const avatar = element('span', 'avatar', initial(name));
        avatar.setAttribute('aria-hidden', 'true');
        entry.append(avatar, element('p', 'sender', element('b', '', name), ' ', element('time', '', time)));
    } else {
        entry.append(element('span', 'screen-reader', `${name}: `)); // on the screen the sender stands above
    }
    last = { name, early };
    entry.append(content);
    append(entry, name === me);
}

export function line(name, text, me, early = false) {
    bubble(name, me, early, element('p', 'content', text));
}

export function picture({ name, size, blob }, me) {
    const figure = element('figure', 'content');
    if (blob) {
        const image = new Image();
        const alt = () => { image.alt = texts().pictureFrom(name); };
        alt();
        image.dataset.translated = '';
        image.addEventListener('translate', alt);
        image.addEventListener('load', () => { if (atEnd() || name === me || log.lastElementChild?.contains(image)) toEnd(); });
        image.src = URL.createObjectURL(blob);
        figure.append(image);
    }
    const what = () => (blob ? blob.type.slice('image/'.length).toUpperCase() : texts().noPicture);
    figure.append(translated('figcaption', 'quiet', () => `${what()} · ${texts().bytes(size)}`));
    bubble(name, me, false, figure);
}

/** Empties the room: the next name may be another person's. */
export function clear() {
    for (const image of log.querySelectorAll('img')) URL.revokeObjectURL(image.src);
    log.replaceChildren();
    $('wire').replaceChildren();
    last = { name: null };
}

/** Shows the members, this one first. */
export function members(names, me) {
    $('count').textContent = `(${names.length})`;
    $('members').replaceChildren(...names.map((name) => {
        const avatar = element('span', 'avatar', initial(name));
        avatar.setAttribute('aria-hidden', 'true');
        const one = coloured(element('li', '', avatar, name), name);
        if (name === me) {
            one.append(translated('span', 'quiet', () => ` (${texts().you})`));
        }
        return one;
    }));
}

/** Adds a line about a message: → sent, ← received, · about the connection. */
export function wire(arrow, kind, what) {
    const list = $('wire');
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(element('li', `wire-${kind.toLowerCase()}`, element('span', 'arrow', arrow), ' ', element('b', '', kind), ` ${what}`));
    if (list.childElementCount > MAX_WIRE_LINES) {
        list.firstElementChild.remove();
    }
    if (near) {
        list.scrollTop = list.scrollHeight;
    }
}

let countdown = 0;

/** Shows the state of the connection, in words and as a colour; while it waits, with the seconds left. */
export function state(name, wait = 0) {
    clearInterval(countdown);
    $('state').dataset.state = name;
    $('retry').hidden = name !== 'waiting';
    const text = $('state-text');
    if (!text.dataset.translated) {
        text.dataset.translated = 'state';
        text.addEventListener('translate', () => { text.textContent = texts()[$('state').dataset.state]; });
    }
    text.textContent = texts()[name];
    if (wait) {
        // A screen reader reads the state once, without the seconds.
        const until = performance.now() + wait;
        const seconds = element('span', 'seconds');
        seconds.setAttribute('aria-hidden', 'true');
        const show = () => { seconds.textContent = texts().within(Math.max(1, Math.ceil((until - performance.now()) / 1000))); };
        $('retry').before(seconds);
        show();
        const timer = setInterval(() => (seconds.isConnected && timer === countdown ? show() : clearInterval(timer)), 250);
        countdown = timer;
    }
    for (const old of document.querySelectorAll('.seconds')) {
        if (!wait || old !== $('retry').previousElementSibling) old.remove();
    }
}

/** Shows the form for the name, or the room. */
export function screen(name) {
    document.body.dataset.screen = name;
    $('name-form').hidden = name !== 'name-form';
    for (const id of ['room', 'side', 'leave']) $(id).hidden = name !== 'room';
}
