import assert from 'node:assert/strict';
import { browserTest, pages, ways, withPage } from './open.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

// What sticks out of the window on the right, though nothing around it scrolls sideways.
// mdBook clips the page, so that its scroll width alone would hide the fault.
function stickingOut() {
    const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    const excused = (one) => {
        for (let at = one; at && at !== document.body; at = at.parentElement) {
            if (scrolls(at) && at.id !== 'mdbook-content') {
                return true;
            }
        }
        return false;
    };
    const wide = [...document.querySelectorAll('main *, #mdbook-menu-bar *')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && box.right > innerWidth + 1 && !excused(one) && !one.closest('svg');
    });
    return wide.map((one) => `<${one.tagName.toLowerCase()} class="${one.getAttribute('class') ?? ''}">`);
}

for (const lang of ['vi', 'en']) {
    browserTest(`no page of the ${lang} book scrolls sideways on a phone`, async () => {
        await withPage(PHONE, async (page) => {
            for (const name of pages(lang)) {
                await page.goto(ways['file://']() + name);
                await page.locator('main').evaluate((main) => main.querySelectorAll('details').forEach((one) => { one.open = true; }));
                assert.deepEqual(await page.evaluate(stickingOut), [], name);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
            }
        });
    });
}

browserTest('the first page fits a phone', async () => {
    await withPage(PHONE, async (page) => {
        await page.goto(ways['file://']() + 'index.html');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });
});

browserTest('on a phone a figure keeps a readable size and scrolls in its frame', async () => {
    await withPage(PHONE, async (page) => {
        for (const name of pages('vi')) {
            await page.goto(ways['file://']() + name);
            const sizes = await page.locator('.fig text').evaluateAll((all) => all.map((text) => {
                const svg = text.closest('svg');
                const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                return parseFloat(getComputedStyle(text).fontSize) * scale;
            }));
            assert.ok(sizes.every((size) => size >= 9), `${name}: text of ${Math.min(...sizes)} px`);
        }
    });
});

browserTest('a figure is as wide as the text that was measured for it: no label leaves the drawing', async () => {
    await withPage({ viewport: { width: 1200, height: 800 } }, async (page) => {
        for (const name of [...pages('vi'), ...pages('en')]) {
            await page.goto(ways['file://']() + name);
            const cut = await page.locator('.fig text').evaluateAll((all) => all.filter((text) => {
                const box = text.getBBox();
                const view = text.ownerSVGElement.viewBox.baseVal;
                return box.x < -0.5 || box.x + box.width > view.width + 0.5 || box.y + box.height > view.height + 0.5;
            }).map((text) => text.textContent));
            assert.deepEqual(cut, [], name);
        }
    });
});

browserTest('Vietnamese letters come from a font that has them all', async () => {
    await withPage({}, async (page) => {
        await page.goto(ways['file://']() + 'vi/index.html');
        await page.evaluate(() => document.fonts.ready);
        const loaded = await page.evaluate(() => [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', '')));
        assert.ok(loaded.includes('Source Code Pro') && loaded.includes('Open Sans'), loaded.join(', '));
    });
});

for (const lang of ['vi', 'en']) {
    browserTest(`the ${lang} page for the printer has no id twice`, async () => {
        await withPage({}, async (page) => {
            await page.goto(ways['file://']() + `${lang}/print.html`);
            const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id));
            assert.deepEqual(ids.filter((id, n) => ids.indexOf(id) !== n), []);
            assert.ok(await page.locator('.fig').count() > 3, 'every figure is there');
            const labels = await page.locator('svg[aria-labelledby]').evaluateAll((all) => all.every((svg) => svg.getAttribute('aria-labelledby').split(' ').every((id) => document.getElementById(id))));
            assert.ok(labels, 'every figure finds its labels');
        });
    });
}
