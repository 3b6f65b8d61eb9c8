// How the page looks, and how it is used by keyboard and by screen reader.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open, require, roomTest, serve } from './harness.mjs';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Returns the violations that axe calls serious or critical, with the first places of each. */
async function violations(page) {
    await page.evaluate(AXE);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const serious = result.violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
    return serious.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n')}`);
}

const brightness = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3);
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1200, 800], [360, 740]]) {
        roomTest(`${colorScheme}, ${width} px: no serious violation, no horizontal overflow`, async () => {
            const server = await serve();
            const mai = await open(server.url, { colorScheme, viewport: { width, height } });
            const other = await open(server.url, { expected: /WebSocket connection to/ });
            assert.ok(colorScheme === 'light' ? await brightness(mai) > 200 : await brightness(mai) < 60);
            for (const language of ['vi', 'en']) {
                assert.equal(await mai.getAttribute('html', 'lang'), language);
                assert.deepEqual(await violations(mai), [], `the form for the name in ${language}`);
                assert.ok(await overflow(mai) <= 0, `the form for the name in ${language}`);
                await mai.click('#language');
            }
            await mai.enter('mai');
            await other.enter('một-cái-tên-dài-24-chữ-ký');
            await other.send(`${'rất dài '.repeat(60)}${'x'.repeat(200)}`);
            await mai.send('ừ');
            await other.received('ừ');
            await mai.evaluate(() => { document.getElementById('wire-box').open = true; });
            assert.deepEqual(await violations(mai), [], 'the room');
            assert.ok(await overflow(mai) <= 0, 'the room');
            await server.kill();
            await mai.state('waiting').catch(() => {});
            assert.deepEqual(await violations(mai), [], 'without a connection');
            assert.ok(await overflow(mai) <= 0, 'without a connection');
            await mai.context().close();
            await other.done();
        });
    }
}

roomTest('language: the browser\'s, until the reader chooses another, which is remembered', async () => {
    const server = await serve();
    const page = await open(server.url, { locale: 'en-US' });
    await page.getByRole('heading', { name: 'Join the room' }).waitFor();
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await page.enter('mai');
    await page.getByText('Mới có mình bạn trong phòng.').waitFor();
    await page.click('#language');
    await page.getByText('Nobody else is here yet.').waitFor(); // the log is translated too
    assert.equal(await page.getAttribute('#line', 'placeholder'), 'Write something…');
    await page.click('#language');
    await page.reload();
    await page.getByRole('heading', { name: 'Vào phòng' }).waitFor();
    assert.equal(await page.inputValue('#name'), 'mai', 'the name is remembered');
    await page.done();
    await server.kill();
});

roomTest('keyboard: all controls can be reached and used', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url, { viewport: { width: 1200, height: 800 } }), await open(server.url)];
    await binh.enter('binh');
    await mai.keyboard.type('mai'); // the field for the name has the focus
    await mai.keyboard.press('Enter');
    await mai.locator('#room').waitFor();
    await mai.keyboard.type('không cần chuột'); // then the line has it
    await mai.keyboard.press('Enter');
    await binh.received('không cần chuột');
    const reached = new Set();
    for (let presses = 0; presses < 12; presses += 1) {
        await mai.keyboard.press('Tab');
        reached.add(await mai.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()));
    }
    for (const stop of ['language', 'leave', 'log', 'picture', 'line', 'Gửi', 'Trên đường dây', 'wire']) {
        assert.ok(reached.has(stop), `${stop} cannot be reached: ${[...reached]}`);
    }
    await mai.locator('#leave').focus();
    await mai.keyboard.press('Enter');
    await mai.locator('#name-form').waitFor();
    await binh.getByText('mai rời phòng').waitFor();
    await mai.done();
    await binh.done();
    await server.kill();
});

roomTest('screen reader: new lines with their sender, and the state of the connection', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url), await open(server.url)];
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.send('một');
    await binh.send('hai');
    await mai.received('hai');
    const log = mai.getByRole('log', { name: 'Các tin trong phòng' });
    assert.match(await log.ariaSnapshot(), /binh[^]*một[^]*binh:[^]*hai/);
    assert.match(await mai.getByRole('status').innerText(), /Đã kết nối/);
    await mai.done();
    await binh.done();
    await server.kill();
});
