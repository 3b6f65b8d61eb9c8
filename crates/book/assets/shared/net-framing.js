// <net-framing bytes="00 00 00 05 …" cuts="2 6 8 13"> : one write, several reads. The reader cuts
// the stream where the reads end, and sees what a program makes of it that takes each read for a
// message, beside one that reads a length (u32, big-endian) first. Cuts are byte positions; without
// them the stream arrives in five reads. What stands inside the element is for readers without scripts.
(() => {
    'use strict';

    const { TEXT, hex, printable, decode, parse, fiveReads } = window.netFraming;

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
