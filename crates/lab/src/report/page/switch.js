'use strict';
// Language, theme, kind and scale. All that there is to read stands in the page already.
(() => {
    const root = document.documentElement;
    root.classList.add('js');

    // From file:// a browser may forbid to remember anything.
    const recall = (key) => { try { return localStorage.getItem(`lab-${key}`); } catch { return null; } };
    const remember = (key, value) => { try { localStorage.setItem(`lab-${key}`, value); } catch { /* not remembered, then */ } };
    const asked = new URLSearchParams(location.search);
    const one = (known, ...values) => values.find((value) => known.includes(value));

    function speak(lang) {
        root.lang = lang;
        document.title = document.getElementById(lang).dataset.title;
    }
    const inAddress = () => location.hash.slice(1).split('-')[0];
    speak(one(['vi', 'en'], inAddress(), asked.get('lang'), recall('lang'), root.lang));
    // A link into the other language, from here or from elsewhere, changes to it.
    addEventListener('hashchange', () => {
        const lang = one(['vi', 'en'], inAddress());
        if (lang && lang !== root.lang) {
            speak(lang);
            remember('lang', lang);
            document.getElementById(location.hash.slice(1))?.scrollIntoView();
        }
    });
    // The link leads to the same part in the other language.
    for (const link of document.querySelectorAll('a.language')) {
        link.addEventListener('click', () => {
            const sections = [...document.querySelectorAll(`#${root.lang} section`)];
            const here = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 2).pop();
            const top = link.getBoundingClientRect().bottom > 0;
            link.hash = here && !top ? link.hreflang + here.id.slice(2) : link.hreflang;
        });
    }

    const system = matchMedia('(prefers-color-scheme: dark)');
    let theme = one(['light', 'dark'], asked.get('theme'), recall('theme'));
    function paint() {
        if (theme) {
            root.dataset.theme = theme;
        }
        const dark = theme ? theme === 'dark' : system.matches;
        document.querySelectorAll('button.theme').forEach((button) => button.setAttribute('aria-pressed', dark));
    }
    paint();
    system.addEventListener('change', paint);
    for (const button of document.querySelectorAll('button.theme')) {
        button.addEventListener('click', () => {
            theme = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
            remember('theme', theme);
            paint();
        });
    }

    function choose(button) {
        for (const each of button.parentElement.children) {
            each.setAttribute('aria-pressed', each === button);
            document.getElementById(each.dataset.panel).hidden = each !== button;
        }
    }
    for (const group of document.querySelectorAll('.choice')) {
        choose(group.firstElementChild);
        for (const button of group.children) {
            button.addEventListener('click', () => choose(button));
        }
    }

    for (const chart of document.querySelectorAll('.chart.sweep')) {
        chart.addEventListener('pointerover', (event) => {
            const line = event.target.dataset.line;
            chart.classList.toggle('looking', line !== undefined);
            chart.querySelectorAll('[data-line]').forEach((each) => each.classList.toggle('looked', each.dataset.line === line));
        });
        chart.addEventListener('pointerleave', () => chart.classList.remove('looking'));
    }

    // Each element that lies elsewhere on the other scale says where: "x:12% width:3%".
    function swap(element) {
        const pairs = element.dataset.other.split(' ').map((pair) => pair.split(':'));
        element.dataset.other = pairs.map(([name]) => `${name}:${element.getAttribute(name)}`).join(' ');
        pairs.forEach(([name, value]) => element.setAttribute(name, value));
    }
    for (const button of document.querySelectorAll('button.scale')) {
        button.addEventListener('click', () => {
            const section = button.closest('section');
            button.setAttribute('aria-pressed', section.classList.toggle('switched'));
            section.querySelectorAll('[data-other]').forEach(swap);
        });
    }
})();
