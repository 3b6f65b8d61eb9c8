import assert from 'node:assert/strict';
import { browserTest, ways, withPage } from './open.mjs';

// Types into the search box and waits until the results for these words are there.
async function search(page, words) {
    await page.keyboard.press('/');
    const box = page.locator('#mdbook-searchbar');
    await box.waitFor({ state: 'visible' });
    await box.fill(words);
    await box.press('End'); // mdBook searches when a key comes up
    await page.locator('#mdbook-searchresults-header', { hasText: words }).waitFor();
    return page.locator('#mdbook-searchresults li > a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

for (const [way, base] of Object.entries(ways)) {
    for (const [words, wanted] of [
        ['địa chỉ', '02-addresses.html'],
        ['dia chi', '02-addresses.html'],
        ['kết nối', '03-stream.html'],
        ['ket noi', '03-stream.html'],
        ['dong khu', '04-framing.html'], // the last word is still being typed
    ]) {
        browserTest(`"${words}" finds ${wanted}, ${way}`, async () => {
            await withPage({}, async (page) => {
                await page.goto(base() + 'vi/index.html');
                const found = await search(page, words);
                assert.ok(found.slice(0, 10).some((href) => href.startsWith(wanted)), `found instead: ${found.join(' ')}`);
            });
        });
    }

    browserTest(`what has no marks finds what has them, with the words shown in the text, ${way}`, async () => {
        await withPage({}, async (page) => {
            await page.goto(base() + 'vi/index.html');
            await search(page, 'dia chi');
            const shown = await page.locator('#mdbook-searchresults .teaser em').allTextContents();
            assert.ok(shown.some((word) => word === 'địa'), `marked: ${shown.join(' ')}`);
            await page.locator('#mdbook-searchresults li > a').first().click();
            await page.locator('main').waitFor();
            const marked = await page.locator('main mark').allTextContents();
            assert.ok(marked.some((word) => /đ[iị]a|ch[iỉ]/i.test(word)), `marked on the page: ${marked.join(' ')}`);
        });
    });
}

browserTest('marks that are typed count: "chỉ" does not find "chi"', async () => {
    await withPage({}, async (page) => {
        await page.goto(ways['file://']() + 'vi/index.html');
        await search(page, 'chỉ');
        const teasers = await page.locator('#mdbook-searchresults li').allTextContents();
        assert.ok(teasers.length > 0 && teasers.every((text) => /chỉ/i.test(text)), teasers.join('\n'));
    });
});

browserTest('the English book is searched too, and an unknown word says so', async () => {
    await withPage({}, async (page) => {
        await page.goto(ways['file://']() + 'en/index.html');
        assert.ok((await search(page, 'framing')).some((href) => href.startsWith('04-framing.html')));
    });
    await withPage({}, async (page) => {
        await page.goto(ways['file://']() + 'vi/index.html');
        assert.deepEqual(await search(page, 'xyzzyx'), []);
        assert.match(await page.locator('#mdbook-searchresults-header').textContent(), /Không tìm thấy/);
    });
});

browserTest('a page that is opened with a search in its address shows the results', async () => {
    for (const base of Object.values(ways)) {
        for (let turn = 0; turn < 5; turn++) {
            await withPage({}, async (page) => {
                await page.goto(base() + 'vi/index.html?search=dia%20chi');
                await page.locator('#mdbook-searchresults li').first().waitFor();
            });
        }
    }
});
