import assert from 'node:assert/strict';
import { faults } from './axe.mjs';
import { browserTest, pages, ways, withPage } from './open.mjs';

for (const colorScheme of ['light', 'dark']) {
    for (const lang of ['vi', 'en']) {
        browserTest(`axe finds nothing serious in the ${lang} book, ${colorScheme}`, async () => {
            await withPage({ colorScheme, viewport: { width: 1200, height: 800 } }, async (page) => {
                for (const name of pages(lang)) {
                    await page.goto(ways['file://']() + name);
                    await page.locator('main').evaluate((main) => main.querySelectorAll('details').forEach((one) => { one.open = true; }));
                    assert.deepEqual(await faults(page), [], name);
                }
            });
        });
    }

    browserTest(`axe finds nothing serious on the first page, on a phone, and in the search, ${colorScheme}`, async () => {
        await withPage({ colorScheme, viewport: { width: 360, height: 740 } }, async (page) => {
            await page.goto(ways['file://']() + 'index.html');
            assert.deepEqual(await faults(page), [], 'index.html');
            await page.goto(ways['file://']() + 'vi/04-framing.html');
            assert.deepEqual(await faults(page), [], 'vi/04-framing.html on a phone');
            await page.goto(ways['file://']() + 'vi/index.html?search=socket');
            await page.locator('#mdbook-searchresults li').first().waitFor();
            assert.deepEqual(await faults(page), [], 'search results');
        });
    });
}

browserTest('the contents open and close by keyboard', async () => {
    await withPage({ viewport: { width: 1200, height: 800 } }, async (page) => {
        await page.goto(ways['file://']() + 'vi/index.html');
        const toggle = page.locator('#mdbook-sidebar-toggle');
        await toggle.focus();
        assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
        await page.keyboard.press('Enter');
        assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
        await page.keyboard.press('Space');
        assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
    });
});
