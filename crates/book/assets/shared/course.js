// Small things that every page needs. A classic script: modules do not load from file://.
(() => {
    'use strict';

    // The link to the other language keeps the place on the page, and the choice is remembered.
    for (const link of document.querySelectorAll('.lang-switch')) {
        link.addEventListener('click', () => {
            link.hash = location.hash;
            try {
                localStorage.setItem('course-book-lang', link.hreflang);
            } catch {
                // No storage: the choice holds for this page.
            }
        });
    }

    // The button for the contents is a label; a label does not listen to the keyboard.
    const toggle = document.getElementById('mdbook-sidebar-toggle');
    toggle?.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            toggle.click();
        }
    });

    // Whatever scrolls sideways can be reached by the keyboard, and nothing else gets a tab stop.
    const scrollers = document.querySelectorAll('.fig-scroll, .table-wrapper, pre > code');
    const mark = () => {
        for (const scroller of scrollers) {
            if (scroller.scrollWidth > scroller.clientWidth) {
                scroller.tabIndex = 0;
            } else {
                scroller.removeAttribute('tabindex');
            }
        }
    };
    mark();
    addEventListener('resize', mark);
    document.fonts?.ready.then(mark);
    // A closed <details> has no width to measure.
    document.addEventListener('toggle', mark, true);
})();
