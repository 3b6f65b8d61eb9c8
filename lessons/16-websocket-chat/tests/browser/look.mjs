// How the page looks and how it is used without a mouse, by eye and by ear.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open, require, roomTest, serve } from './open.mjs';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, with the first places where it is found. */
async function faults(page) {
    await page.evaluate(AXE);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const grave = result.violations.filter((fault) => ['serious', 'critical'].includes(fault.impact));
    return grave.map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n')}`);
}

const brightness = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3);
const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1200, 800], [360, 740]]) {
        roomTest(`${colorScheme}, ${width} px: nothing serious for axe, nothing beside the screen`, async () => {
            const server = await serve();
            const mai = await open(server.url, { colorScheme, viewport: { width, height } });
            const other = await open(server.url, { expected: /WebSocket connection to/ });
            assert.ok(colorScheme === 'light' ? await brightness(mai) > 200 : await brightness(mai) < 60);
            for (const language of ['vi', 'en']) {
                assert.equal(await mai.getAttribute('html', 'lang'), language);
                assert.deepEqual(await faults(mai), [], `the door in ${language}`);
                assert.ok(await tooWide(mai) <= 0, `the door in ${language}`);
                await mai.click('#language');
            }
            await mai.enter('mai');
            await other.enter('một-cái-tên-dài-24-chữ-ký');
            await other.say(`${'rất dài '.repeat(60)}${'x'.repeat(200)}`);
            await mai.say('ừ');
            await other.heard('ừ');
            await mai.evaluate(() => { document.getElementById('wire-box').open = true; });
            assert.deepEqual(await faults(mai), [], 'the room');
            assert.ok(await tooWide(mai) <= 0, 'the room');
            await server.kill();
            await mai.state('waiting').catch(() => {});
            assert.deepEqual(await faults(mai), [], 'without a connection');
            assert.ok(await tooWide(mai) <= 0, 'without a connection');
            await mai.context().close();
            await other.done();
        });
    }
}

roomTest('the language is the browser\'s until the reader chooses, and the choice is remembered', async () => {
    const server = await serve();
    const page = await open(server.url, { locale: 'en-US' });
    await page.getByRole('heading', { name: 'Come in' }).waitFor();
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await page.enter('mai');
    await page.getByText('Mới có mình bạn trong phòng.').waitFor();
    await page.click('#language');
    await page.getByText('Nobody else is here yet.').waitFor(); // what is in the log already changes too
    assert.equal(await page.getAttribute('#line', 'placeholder'), 'Write something…');
    await page.click('#language');
    await page.reload();
    await page.getByRole('heading', { name: 'Vào phòng' }).waitFor();
    assert.equal(await page.inputValue('#name'), 'mai', 'the name is remembered too');
    await page.done();
    await server.kill();
});

roomTest('the keyboard is enough', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url, { viewport: { width: 1200, height: 800 } }), await open(server.url)];
    await binh.enter('binh');
    await mai.keyboard.type('mai'); // the door has the focus
    await mai.keyboard.press('Enter');
    await mai.locator('#room').waitFor();
    await mai.keyboard.type('không cần chuột'); // and then the line has it
    await mai.keyboard.press('Enter');
    await binh.heard('không cần chuột');
    const reached = new Set();
    for (let presses = 0; presses < 12; presses += 1) {
        await mai.keyboard.press('Tab');
        reached.add(await mai.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()));
    }
    for (const stop of ['language', 'leave', 'log', 'picture', 'line', 'Gửi', 'Trên đường dây', 'wire']) {
        assert.ok(reached.has(stop), `${stop} is out of reach: ${[...reached]}`);
    }
    await mai.locator('#leave').focus();
    await mai.keyboard.press('Enter');
    await mai.locator('#door').waitFor();
    await binh.getByText('mai rời phòng').waitFor();
    await mai.done();
    await binh.done();
    await server.kill();
});

roomTest('a screen reader hears new lines, who said each, and the state of the connection', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url), await open(server.url)];
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.say('một');
    await binh.say('hai');
    await mai.heard('hai');
    const log = mai.getByRole('log', { name: 'Các tin trong phòng' });
    assert.match(await log.ariaSnapshot(), /binh[^]*một[^]*binh:[^]*hai/);
    assert.match(await mai.getByRole('status').innerText(), /Đã kết nối/);
    await mai.done();
    await binh.done();
    await server.kill();
});
