// <net-framing bytes="00 00 00 05 …" cuts="2 6 8 13"> : one write, several reads. The reader cuts
// the stream where the reads end, and sees what a program makes of it that takes each read for a
// message, beside one that reads a length (u32, big-endian) first. Cuts are byte positions; without
// them the stream arrives in five reads. What stands inside the element is for readers without scripts.
(() => {
    'use strict';

    const MOST_BYTES = 40; // more do not fit a screen
    const MOST_IN_FRAME = 1024; // the limit of the decoder, as in lesson 04
    const LENGTH_BYTES = 4;

    const TEXT = {
        vi: {
            title: (reads) => `Một lần ghi, ${reads} lần đọc`,
            stream: 'Luồng byte. Bấm vào giữa hai byte để cắt, kéo vết cắt để dời.',
            gap: (n, cut) => `Giữa byte ${n} và ${n + 1}: ${cut ? 'một lần đọc kết thúc ở đây' : 'không cắt'}`,
            back: 'Lùi', next: 'Đọc tiếp', start: 'Từ đầu',
            once: 'Một lần đọc', each: 'Từng byte', shuffle: 'Cắt ngẫu nhiên',
            naive: 'Coi mỗi lần đọc là một tin', framed: 'Đọc độ dài, rồi lấy đúng ngần ấy',
            moral: 'Cắt lại kiểu khác: chương trình thứ nhất thấy khác đi, chương trình thứ hai thì không.',
            nothing: 'chưa có gì', buffer: 'Trong bộ đệm', empty: 'trống', emptyFrame: 'khung rỗng',
            needLength: (n) => `chờ thêm ${n} byte của độ dài`,
            needBody: (n, of) => `độ dài là ${of}, chờ thêm ${n} byte`,
            refused: (n) => `độ dài ${n.toLocaleString('vi')} vượt giới hạn ${MOST_IN_FRAME.toLocaleString('vi')}: từ chối, đóng kết nối`,
            whole: 'không thừa byte nào',
            said: (reads, of, frames) => `Đã đọc ${reads}/${of} lần, được ${frames} khung.`,
            edit: 'Các byte được ghi (hex)', reset: 'Trả lại như cũ',
            badByte: (word) => `“${word}” không phải một byte. Mỗi byte là hai chữ số hex, như 6f.`,
            tooMany: `Nhiều nhất ${MOST_BYTES} byte.`, tooFew: 'Cần ít nhất một byte.',
        },
        en: {
            title: (reads) => `One write, ${reads} ${reads === 1 ? 'read' : 'reads'}`,
            stream: 'The stream. Click between two bytes to cut, drag a cut to move it.',
            gap: (n, cut) => `Between bytes ${n} and ${n + 1}: ${cut ? 'a read ends here' : 'no cut'}`,
            back: 'Back', next: 'Next read', start: 'From the start',
            once: 'One read', each: 'Byte by byte', shuffle: 'Cut at random',
            naive: 'Takes each read for a message', framed: 'Reads a length, then that many bytes',
            moral: 'Cut elsewhere: what the first program sees changes, what the second sees never does.',
            nothing: 'nothing yet', buffer: 'In the buffer', empty: 'empty', emptyFrame: 'an empty frame',
            needLength: (n) => `waits for ${n} more ${n === 1 ? 'byte' : 'bytes'} of the length`,
            needBody: (n, of) => `the length is ${of}, waits for ${n} more ${n === 1 ? 'byte' : 'bytes'}`,
            refused: (n) => `a length of ${n.toLocaleString('en')} is over the limit of ${MOST_IN_FRAME.toLocaleString('en')}: refused, connection closed`,
            whole: 'not one byte over',
            said: (reads, of, frames) => `${reads} of ${of} reads done, ${frames} ${frames === 1 ? 'frame' : 'frames'} so far.`,
            edit: 'The bytes that are written (hex)', reset: 'As it was',
            badByte: (word) => `“${word}” is no byte. Each byte is two hex digits, such as 6f.`,
            tooMany: `At most ${MOST_BYTES} bytes.`, tooFew: 'At least one byte is needed.',
        },
    };

    const hex = (byte) => byte.toString(16).padStart(2, '0');
    const printable = (bytes) => new TextDecoder().decode(Uint8Array.from(bytes)).replace(/[\p{C}\ufffd]/gu, '·');

    // The frames in `bytes`, and what the decoder does with the rest. `role[i]` is the part of byte i.
    function decode(bytes) {
        const frames = [];
        const role = [];
        let at = 0;
        while (at < bytes.length) {
            const rest = bytes.length - at;
            if (rest < LENGTH_BYTES) {
                bytes.slice(at).forEach(() => role.push('length'));
                return { frames, role, left: bytes.slice(at), needLength: LENGTH_BYTES - rest };
            }
            const length = bytes.slice(at, at + LENGTH_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
            role.push('length', 'length', 'length', 'length');
            if (length > MOST_IN_FRAME) {
                bytes.slice(at + LENGTH_BYTES).forEach(() => role.push('refused'));
                return { frames, role, left: bytes.slice(at), refused: length };
            }
            const body = bytes.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
            body.forEach(() => role.push(frames.length % 2 ? 'odd' : 'even'));
            if (body.length < length) {
                return { frames, role, left: bytes.slice(at), needBody: length - body.length, length };
            }
            frames.push(body);
            at += LENGTH_BYTES + length;
        }
        return { frames, role, left: [] };
    }

    // Two hex digits a byte, with or without spaces between: the bytes, or what is wrong.
    function parse(text, t) {
        const bytes = [];
        for (const word of text.trim().split(/[\s,]+/).filter(Boolean)) {
            if (!/^([0-9a-f]{2})+$/i.test(word)) {
                return { error: t.badByte(word) };
            }
            for (const pair of word.match(/../g)) {
                bytes.push(parseInt(pair, 16));
            }
        }
        if (bytes.length === 0) {
            return { error: t.tooFew };
        }
        return bytes.length > MOST_BYTES ? { error: t.tooMany } : { bytes };
    }

    // Five reads of different sizes, whatever the number of bytes.
    function fiveReads(count) {
        const shares = [0.12, 0.3, 0.52, 0.86];
        return new Set(shares.map((share) => Math.round(share * count)).filter((cut) => cut > 0 && cut < count));
    }

    function make(tag, attributes = {}, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
            if (name === 'on') {
                for (const [event, handler] of Object.entries(value)) {
                    element.addEventListener(event, handler);
                }
            } else if (value !== false) {
                element.setAttribute(name, value === true ? '' : value);
            }
        }
        element.append(...children);
        return element;
    }

    let count = 0; // makes ids unique on the print page

    class NetFraming extends HTMLElement {
        connectedCallback() {
            if (this.ready) {
                return;
            }
            this.ready = true;
            this.t = TEXT[document.documentElement.lang] ?? TEXT.en;
            const given = parse(this.getAttribute('bytes') ?? '', this.t);
            if (given.error) {
                return; // the static figure stays
            }
            this.original = given.bytes;
            this.id ||= `net-framing-${++count}`;
            this.focused = 1;
            this.build();
            this.restore();
        }

        build() {
            const t = this.t;
            const button = (label, handler, name) => make('button', { type: 'button', class: name ?? '', on: { click: handler } }, label);
            this.heading = make('p', { class: 'nf-title', id: `${this.id}-title` });
            this.strip = make('div', { class: 'nf-strip', role: 'toolbar', 'aria-label': t.stream });
            this.strip.addEventListener('keydown', (event) => this.onKey(event));
            this.strip.addEventListener('pointerdown', (event) => this.onGrab(event));
            this.strip.addEventListener('click', (event) => this.onClick(event));
            this.backButton = button(t.back, () => this.go(this.done - 1));
            this.nextButton = button(t.next, () => this.go(this.done + 1), 'nf-main');
            this.startButton = button(t.start, () => this.go(0));
            this.status = make('output', { class: 'nf-status', 'aria-live': 'polite' });
            this.naive = make('ol');
            this.framed = make('ol');
            this.buffer = make('p', { class: 'nf-buffer' });
            this.input = make('input', {
                id: `${this.id}-bytes`, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off',
                'aria-describedby': `${this.id}-error`, on: { input: () => this.onEdit() },
            });
            this.error = make('p', { id: `${this.id}-error`, class: 'nf-error', role: 'alert' });
            this.replaceChildren(
                make('div', { class: 'nf', role: 'group', 'aria-labelledby': `${this.id}-title` },
                    this.heading,
                    make('p', { class: 'nf-help' }, t.stream),
                    this.strip,
                    make('div', { class: 'nf-row' }, this.startButton, this.backButton, this.nextButton, this.status),
                    make('div', { class: 'nf-row nf-presets' },
                        button(t.once, () => this.cutAt([])),
                        button(t.each, () => this.cutAt(this.bytes.map((_, n) => n))),
                        button(t.shuffle, () => this.cutAt(this.bytes.map((_, n) => n).filter(() => Math.random() < 0.28)))),
                    make('div', { class: 'nf-columns' },
                        make('div', { class: 'nf-naive' }, make('p', {}, t.naive), this.naive),
                        make('div', { class: 'nf-framed' }, make('p', {}, t.framed), this.framed, this.buffer)),
                    make('p', { class: 'nf-help' }, t.moral),
                    make('div', { class: 'nf-edit' },
                        make('label', { for: `${this.id}-bytes` }, t.edit),
                        this.input,
                        button(t.reset, () => this.restore()),
                        this.error)));
        }

        // As the page has it, with every read done.
        restore() {
            this.bytes = this.original;
            const cuts = (this.getAttribute('cuts') ?? '').split(/[\s,]+/).filter(Boolean).map(Number);
            this.input.value = this.bytes.map(hex).join(' ');
            this.fail('');
            this.cutAt(cuts.length > 0 ? cuts : fiveReads(this.bytes.length));
        }

        cutAt(cuts) {
            this.cuts = new Set([...cuts].filter((cut) => cut > 0 && cut < this.bytes.length));
            this.drawStrip();
            this.go(Infinity);
        }

        // The reads, each as [from, to).
        reads() {
            const ends = [...this.cuts].sort((a, b) => a - b).concat(this.bytes.length);
            return ends.map((end, n) => [n === 0 ? 0 : ends[n - 1], end]);
        }

        go(done) {
            const reads = this.reads();
            this.done = Math.max(0, Math.min(done, reads.length));
            this.draw(reads);
        }

        drawStrip() {
            const cells = this.bytes.map((byte, n) => {
                const cell = make('span', { class: 'nf-cell' },
                    make('span', { class: 'nf-read', 'aria-hidden': 'true' }),
                    make('code', {}, hex(byte)),
                    make('span', { class: 'nf-char', 'aria-hidden': 'true' }, byte > 32 && byte < 127 ? String.fromCharCode(byte) : '·'));
                const last = n + 1 === this.bytes.length;
                const gap = !last && make('button', { type: 'button', class: 'nf-gap', 'data-at': n + 1, tabindex: '-1' });
                return make('span', { class: 'nf-pair' }, cell, ...(gap ? [gap] : []));
            });
            this.strip.replaceChildren(...cells);
            this.focused = Math.min(this.focused, Math.max(1, this.bytes.length - 1));
        }

        draw(reads) {
            const t = this.t;
            const arrived = this.done === 0 ? 0 : reads[this.done - 1][1];
            const { role } = decode(this.bytes);
            const state = decode(this.bytes.slice(0, arrived));
            this.heading.textContent = t.title(reads.length);

            const starts = new Map(reads.map(([from], n) => [from, n + 1]));
            this.strip.querySelectorAll('.nf-cell').forEach((cell, n) => {
                cell.className = `nf-cell ${role[n] ?? ''} ${n < arrived ? '' : 'waiting'}`;
                cell.querySelector('.nf-read').textContent = starts.get(n) ?? '';
            });
            this.strip.querySelectorAll('.nf-gap').forEach((gap) => {
                const at = Number(gap.dataset.at);
                const cut = this.cuts.has(at);
                gap.setAttribute('aria-pressed', cut);
                gap.setAttribute('aria-label', t.gap(at, cut));
                gap.tabIndex = at === this.focused ? 0 : -1;
            });

            const item = (text, name = '') => make('li', name ? { class: name } : {}, text);
            const got = reads.slice(0, this.done).map(([from, to]) => item(make('code', {}, printable(this.bytes.slice(from, to)))));
            this.naive.replaceChildren(...(got.length ? got : [item(t.nothing, 'nf-none')]));
            const frames = state.frames.map((body) => (body.length ? item(make('code', {}, printable(body))) : item(t.emptyFrame)));
            this.framed.replaceChildren(...(frames.length ? frames : [item(t.nothing, 'nf-none')]));
            this.buffer.className = `nf-buffer ${state.refused ? 'refused' : ''}`;
            this.buffer.replaceChildren(`${t.buffer}: `, make('code', {}, state.left.map(hex).join(' ') || t.empty), ' · ', this.wants(state));

            this.status.textContent = t.said(this.done, reads.length, state.frames.length);
            this.backButton.disabled = this.startButton.disabled = this.done === 0;
            this.nextButton.disabled = this.done === reads.length;
        }

        wants(state) {
            if (state.refused) {
                return this.t.refused(state.refused);
            }
            if (state.needLength) {
                return this.t.needLength(state.needLength);
            }
            return state.needBody ? this.t.needBody(state.needBody, state.length) : this.t.whole;
        }

        fail(message) {
            this.error.textContent = message;
            this.input.setAttribute('aria-invalid', message !== '');
        }

        onEdit() {
            const { bytes, error } = parse(this.input.value, this.t);
            this.fail(error ?? '');
            if (bytes) {
                this.bytes = bytes;
                this.cutAt(this.cuts);
            }
        }

        toggle(at) {
            this.cuts.has(at) ? this.cuts.delete(at) : this.cuts.add(at);
            this.go(Infinity);
        }

        // Arrows walk from gap to gap, Home and End to the ends; Space or Enter cuts (as any button).
        onKey(event) {
            const last = this.bytes.length - 1;
            const to = { ArrowLeft: this.focused - 1, ArrowRight: this.focused + 1, Home: 1, End: last }[event.key];
            if (to === undefined) {
                return;
            }
            event.preventDefault();
            event.stopPropagation(); // mdBook would turn the page
            this.focusGap(Math.max(1, Math.min(to, last)));
        }

        focusGap(at) {
            this.focused = at;
            this.strip.querySelectorAll('.nf-gap').forEach((gap) => {
                const here = Number(gap.dataset.at) === at;
                gap.tabIndex = here ? 0 : -1;
                if (here) {
                    gap.focus();
                }
            });
        }

        // A cut that is dragged moves along; a gap that is pressed and released is a click.
        onGrab(event) {
            const gap = event.target.closest('.nf-gap');
            if (!gap || event.button !== 0) {
                return;
            }
            let at = Number(gap.dataset.at);
            let moved = false;
            const move = (event) => {
                const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('.nf-pair');
                const to = Number(under?.querySelector('.nf-gap')?.dataset.at);
                if (!under || !this.strip.contains(under) || !to || to === at || this.cuts.has(to)) {
                    return;
                }
                if (this.cuts.delete(at)) {
                    moved = true;
                    this.cuts.add(to);
                    at = to;
                    this.go(Infinity);
                }
            };
            const end = () => {
                removeEventListener('pointermove', move);
                removeEventListener('pointerup', end);
                removeEventListener('pointercancel', end);
                this.dragged = moved;
                this.focusGap(at);
            };
            addEventListener('pointermove', move);
            addEventListener('pointerup', end);
            addEventListener('pointercancel', end);
        }

        onClick(event) {
            const gap = event.target.closest('.nf-gap');
            if (gap && !this.dragged) {
                this.focused = Number(gap.dataset.at);
                this.toggle(this.focused);
            }
            this.dragged = false;
        }
    }

    customElements.define('net-framing', NetFraming);
})();
