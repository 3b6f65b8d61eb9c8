// Two browsers, a terminal and a script in one room.
import assert from 'node:assert/strict';
import { open, roomTest, script, serve, terminal } from './harness.mjs';

const members = (page) => page.locator('#members li').evaluateAll((all) => all.map((one) => one.lastChild.textContent.trim() === '(bạn)' ? one.childNodes[1].textContent : one.lastChild.textContent));

roomTest('two browsers, a terminal and a script receive each other\'s lines', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url), await open(server.url)];
    await mai.enter('Mai');
    await binh.enter('Bình');
    const lan = terminal(server.address);
    lan.type('lan');
    await lan.line(/^= Mai Bình$/);
    const py = script(server.address, '--name', 'máy-tính', '--line', 'tôi là script');

    await mai.received('tôi là script');
    await binh.received('tôi là script');
    await lan.line(/^máy-tính: tôi là script$/);
    assert.deepEqual(await members(mai), ['Mai', 'Bình', 'lan', 'máy-tính']);

    await mai.send('Chào cả phòng');
    await binh.received('Chào cả phòng');
    await lan.line(/^Mai: Chào cả phòng$/);
    await py.line(/^Mai: Chào cả phòng$/);
    await lan.type('may gio?');
    await binh.locator('.content').getByText(/^\d\d:\d\d:\d\d$/).waitFor(); // the script answers

    await py.kill('SIGINT');
    lan.end();
    assert.equal(await lan.ended, 0);
    await mai.getByText('lan rời phòng').waitFor();
    await mai.getByText('máy-tính rời phòng').waitFor();
    assert.deepEqual(await members(mai), ['Mai', 'Bình']);
    await mai.done();
    await binh.done();
    await server.kill();
}, { script: true });

roomTest('a picture is sent as bytes, and one that is too large is made smaller', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url), await open(server.url)];
    await mai.enter('mai');
    await binh.enter('binh');
    const small = await drawPng(mai, 40, 30);
    await mai.setInputFiles('#picture', { name: 'a.png', mimeType: 'image/png', buffer: small });
    const shown = binh.locator('figure').first();
    await shown.getByText(`PNG · ${small.length.toLocaleString('vi')} byte`).waitFor();
    assert.equal(await shown.locator('img').getAttribute('alt'), 'Ảnh của mai');
    await binh.waitForFunction(() => document.querySelector('figure img').naturalWidth === 40);

    const large = await drawPng(mai, 1600, 1200);
    assert.ok(large.length > 64 * 1024, `${large.length} bytes are not too large`);
    await mai.setInputFiles('#picture', { name: 'b.png', mimeType: 'image/png', buffer: large });
    await binh.locator('figcaption').getByText(/^JPEG/).waitFor();
    await binh.waitForFunction(() => document.querySelectorAll('figure img')[1]?.naturalWidth > 100);

    await mai.setInputFiles('#picture', { name: 'c.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await mai.getByText('Không đọc được tệp này như một bức ảnh.').waitFor();
    await mai.send('vẫn ở đây');
    await binh.received('vẫn ở đây');
    await mai.done();
    await binh.done();
    await server.kill();
});

roomTest('a new member receives the history, and HTML in a line is shown as text', async () => {
    const server = await serve();
    const mai = await open(server.url);
    await mai.enter('mai');
    const line = '<img src=x onerror=alert(1)> & "chào": = + -';
    await mai.send(line);
    await mai.send('- ai đó'); // looks like a notice of the room, but is a line
    const lan = await open(server.url);
    await lan.enter('lan');
    await lan.received(line);
    await lan.received('- ai đó');
    assert.equal(await lan.locator('#log img').count(), 0);
    await mai.done();
    await lan.done();
    await server.kill();
});

roomTest('a taken or invalid name is rejected with a sentence', async () => {
    const server = await serve();
    const [mai, other] = [await open(server.url), await open(server.url)];
    await mai.enter('mai');
    await other.fill('#name', 'mai');
    await other.keyboard.press('Enter');
    await other.getByText('Trong phòng đã có mai.').waitFor();
    await other.fill('#name', 'mai lan');
    await other.keyboard.press('Enter');
    await other.getByText('Không có dấu cách.').waitFor();
    await other.fill('#name', 'Hie\u0302\u0301u'); // as some keyboards write ế: three code points
    await other.keyboard.press('Enter');
    await mai.getByText('Hi\u1ebfu vào phòng').waitFor();
    await mai.done();
    await other.done();
    await server.kill();
});

roomTest('a page of another origin is rejected', async () => {
    const [server, elsewhere] = [await serve(), await serve()];
    const page = await open(elsewhere.url, { bypassCSP: true, expected: /WebSocket connection to|403/ });
    const code = await page.evaluate((url) => new Promise((done) => {
        const socket = new WebSocket(url);
        socket.onopen = () => done('open');
        socket.onclose = (event) => done(event.code);
    }), server.url.replace('http', 'ws'));
    assert.equal(code, 1006);
    await server.line(/HTTP 403/);
    await page.close();
    await server.kill();
    await elsewhere.kill();
});

/** Returns a PNG of noise, which does not compress. */
async function drawPng(page, width, height) {
    return Buffer.from(await page.evaluate(async ([width, height]) => {
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const context = canvas.getContext('2d');
        const image = context.createImageData(width, height);
        let seed = 1;
        for (let at = 0; at < image.data.length; at += 1) {
            seed = (seed * 48271) % 2147483647;
            image.data[at] = at % 4 === 3 ? 255 : (seed % 32) + ((at / 4) % width) / width * 200;
        }
        context.putImageData(image, 0, 0);
        const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
        const url = await new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob); });
        return url.split(',')[1];
    }, [width, height]), 'base64');
}
