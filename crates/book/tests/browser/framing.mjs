import assert from 'node:assert/strict';
import { browserTest, ways, withPage } from './open.mjs';

// The page where a reader cuts the stream; the element has three frames there.
async function open(page, lang = 'en') {
    await page.goto(ways['file://']() + `${lang}/04-framing.html`);
    const figure = page.locator('net-framing');
    await figure.locator('.nf-gap').first().waitFor();
    return {
        figure,
        naive: () => figure.locator('.nf-naive li').allTextContents(),
        framed: () => figure.locator('.nf-framed li').allTextContents(),
        title: () => figure.locator('.nf-title').textContent(),
        button: (name) => figure.getByRole('button', { name, exact: true }),
        input: figure.locator('input'),
    };
}

browserTest('one write, five reads: what takes reads for messages sees five pieces, the decoder its frames', async () => {
    for (const [lang, title] of [['en', 'One write, 5 reads'], ['vi', 'Một lần ghi, 5 lần đọc']]) {
        await withPage({}, async (page) => {
            const at = await open(page, lang);
            assert.equal(await at.title(), title);
            assert.equal((await at.naive()).length, 5);
            assert.equal((await at.framed()).length, 3);
        });
    }
});

browserTest('by keyboard: walk the gaps, cut, step through the reads; the frames never change', async () => {
    await withPage({}, async (page) => {
        const at = await open(page);
        const frames = await at.framed();
        await at.button('One read').focus();
        await page.keyboard.press('Enter');
        assert.equal(await at.title(), 'One write, 1 read');
        assert.deepEqual(await at.framed(), frames);

        // One tab stop for all gaps; arrows walk, Space cuts, and the page is not turned.
        const url = page.url();
        assert.equal(await at.figure.locator('.nf-gap[tabindex="0"]').count(), 1);
        await at.figure.locator('.nf-gap[tabindex="0"]').focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Space');
        await page.keyboard.press('End');
        await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('Enter');
        assert.equal(page.url(), url);
        assert.equal(await at.title(), 'One write, 3 reads');
        assert.equal(await at.figure.locator('.nf-gap[aria-pressed="true"]').first().getAttribute('aria-label'), 'Between bytes 2 and 3: a read ends here');
        assert.deepEqual(await at.framed(), frames);
        await page.keyboard.press('Enter');
        assert.equal(await at.title(), 'One write, 2 reads');

        await at.button('From the start').focus();
        await page.keyboard.press('Enter');
        assert.deepEqual(await at.framed(), ['nothing yet']);
        await at.button('Next read').focus();
        await page.keyboard.press('Enter');
        assert.match(await at.figure.locator('.nf-buffer').textContent(), /00 00 · waits for 2 more bytes of the length/);
        await page.keyboard.press('Enter');
        assert.deepEqual(await at.framed(), frames);
        assert.match(await at.figure.locator('.nf-status').textContent(), /2 of 2 reads done/);
    });
});

browserTest('byte by byte and at random the frames are the same', async () => {
    await withPage({}, async (page) => {
        const at = await open(page);
        const frames = await at.framed();
        await at.button('Byte by byte').click();
        assert.equal((await at.naive()).length, await at.figure.locator('.nf-cell').count());
        assert.deepEqual(await at.framed(), frames);
        for (let turn = 0; turn < 5; turn++) {
            await at.button('Cut at random').click();
            assert.deepEqual(await at.framed(), frames);
        }
    });
});

browserTest('by mouse: a click cuts, a drag moves the cut', async () => {
    await withPage({ viewport: { width: 1200, height: 900 } }, async (page) => {
        const at = await open(page);
        await at.button('One read').click();
        const gap = (n) => at.figure.locator(`.nf-gap[data-at="${n}"]`);
        await gap(3).click();
        assert.equal(await gap(3).getAttribute('aria-pressed'), 'true');
        const middle = async (one) => {
            const box = await one.boundingBox();
            return [box.x + box.width / 2, box.y + box.height / 2];
        };
        await page.mouse.move(...await middle(gap(3)));
        await page.mouse.down();
        await page.mouse.move(...await middle(gap(5)), { steps: 8 });
        await page.mouse.up();
        assert.equal(await gap(3).getAttribute('aria-pressed'), 'false');
        assert.equal(await gap(5).getAttribute('aria-pressed'), 'true');
        assert.equal(await at.title(), 'One write, 2 reads');
    });
});

browserTest('bytes that the reader writes: a frame more, a limit, a mistake, and back', async () => {
    await withPage({}, async (page) => {
        const at = await open(page);
        const frames = await at.framed();
        await at.input.fill('00 00 00 02 68 69 00000001 21 00 00');
        assert.deepEqual(await at.framed(), ['hi', '!']);
        assert.match(await at.figure.locator('.nf-buffer').textContent(), /00 00 · waits for 2 more bytes of the length/);
        await at.input.fill('ff ff ff ff');
        assert.match(await at.figure.locator('.nf-buffer').textContent(), /4,294,967,295 is over the limit of 1,024/);
        await at.input.fill('00 0g');
        assert.match(await at.figure.locator('.nf-error').textContent(), /“0g” is no byte/);
        assert.equal(await at.input.getAttribute('aria-invalid'), 'true');
        await at.input.fill('00 '.repeat(41));
        assert.match(await at.figure.locator('.nf-error').textContent(), /At most 40 bytes/);
        await at.button('As it was').click();
        assert.deepEqual(await at.framed(), frames);
        assert.equal(await at.figure.locator('.nf-error').textContent(), '');
    });
});
