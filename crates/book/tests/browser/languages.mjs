import assert from 'node:assert/strict';
import { browserTest, pages, ways, withPage } from './open.mjs';

for (const [way, base] of Object.entries(ways)) {
    browserTest(`the switch keeps page and fragment, and the choice is remembered, ${way}`, async () => {
        await withPage({}, async (page) => {
            await page.goto(base() + 'vi/how-to.html#exercise-loop');
            await page.locator('.lang-switch').click();
            await page.waitForURL('**/en/how-to.html#exercise-loop');
            assert.equal(await page.locator('h2#exercise-loop').count(), 1);
            assert.equal(await page.getAttribute('html', 'lang'), 'en');

            await page.goto(base() + 'index.html');
            await page.waitForURL('**/en/index.html');
            await page.locator('.lang-switch').click();
            await page.waitForURL('**/vi/index.html');
            await page.goto(base() + 'index.html');
            await page.waitForURL('**/vi/index.html');
        });
    });
}

browserTest('the first page asks for the language, and remembers the answer', async () => {
    await withPage({}, async (page) => {
        const base = ways['file://']();
        await page.goto(base + 'index.html');
        assert.equal(await page.locator('nav a').count(), 2);
        await page.locator('nav a', { hasText: 'English' }).click();
        await page.waitForURL('**/en/index.html');
        await page.goto(base + 'index.html');
        await page.waitForURL('**/en/index.html');
        await page.goto(base + 'index.html?choose');
        await page.locator('nav a', { hasText: 'Tiếng Việt' }).waitFor();
    });
});

browserTest('every page has its counterpart, with the same headings', async () => {
    await withPage({}, async (page) => {
        const headings = () => page.locator('main :is(h1, h2, h3)').evaluateAll((all) => all.map((one) => `${one.tagName} ${one.id}`));
        for (const name of pages('vi')) {
            await page.goto(ways['file://']() + name);
            const vi = await headings();
            const link = page.locator('.lang-switch');
            assert.equal(await link.getAttribute('hreflang'), 'en');
            await link.click();
            await page.waitForURL(`**/${name.replace('vi/', 'en/')}`);
            assert.deepEqual(await headings(), vi, name);
        }
    });
});

browserTest('without scripts there are plain links, the text, and the figure that stands still', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
        await page.goto(ways['file://']() + 'index.html');
        await page.locator('nav a', { hasText: 'Tiếng Việt' }).click();
        await page.waitForURL('**/vi/index.html');
        await page.locator('.lang-switch').click();
        await page.waitForURL('**/en/index.html');
        await page.goto(ways['file://']() + 'en/04-framing.html');
        await page.locator('net-framing svg').waitFor();
        assert.equal(await page.locator('net-framing button').count(), 0);
    });
});
