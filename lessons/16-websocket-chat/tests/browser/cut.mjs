// The connection is cut and comes back; nothing is lost that the room remembers, nothing said twice.
import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import { open, roomTest, serve } from './open.mjs';

/** A proxy that can be cut: every connection through it is reset, and new ones are too. */
async function cable(address) {
    const [host, port] = address.split(':');
    const ends = new Set();
    let cut = false;
    const proxy = createServer((near) => {
        const far = connect({ host, port: Number(port) });
        for (const [end, other] of [[near, far], [far, near]]) {
            ends.add(end);
            end.on('error', () => other.destroy()).on('close', () => { ends.delete(end); other.destroy(); });
        }
        near.pipe(far).pipe(near);
        if (cut) near.resetAndDestroy();
    });
    await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));
    return {
        url: `http://127.0.0.1:${proxy.address().port}/`,
        pull: () => { cut = true; for (const end of ends) end.resetAndDestroy(); },
        plug: () => { cut = false; },
        done: () => { proxy.close(); for (const end of ends) end.destroy(); },
    };
}

roomTest('a cable is pulled and plugged: the page says so, comes back, and shows what it missed once', async () => {
    const server = await serve();
    const wire = await cable(server.address);
    const mai = await open(wire.url, { expected: /WebSocket connection to/ });
    const binh = await open(server.url);
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.say('trước');
    await mai.heard('trước');
    await mai.say('nghe rồi');
    await binh.heard('nghe rồi');

    wire.pull();
    await mai.state('waiting');
    await mai.getByText('Mất kết nối', { exact: true }).waitFor();
    await binh.getByText('mai rời phòng').waitFor();
    await binh.say('trong lúc mất');
    await mai.say('chưa đi được');
    await mai.getByText('chưa gửi').waitFor();
    assert.equal(await mai.inputValue('#line'), 'chưa đi được', 'what was not sent is kept');

    wire.plug();
    await mai.click('#retry', { timeout: 2000 }).catch(() => {}); // it may have come back by itself a moment before
    await mai.state('open');
    assert.equal(await mai.heard('trong lúc mất'), 1);
    assert.equal(await mai.heard('trước'), 1);
    assert.equal(await mai.heard('nghe rồi'), 1);
    await mai.locator('#line').press('Enter');
    await binh.heard('chưa đi được');
    await mai.done();
    await binh.done();
    wire.done();
    await server.kill();
});

roomTest('the server is killed and starts again: both browsers come back by themselves', async () => {
    let server = await serve();
    const pages = [await open(server.url, { expected: /WebSocket connection to/ }), await open(server.url, { expected: /WebSocket connection to/ })];
    await pages[0].enter('mai');
    await pages[1].enter('binh');
    await pages[0].say('một');
    await pages[1].heard('một');
    await server.kill();
    for (const page of pages) await page.state('waiting');
    server = await serve(server.address);
    for (const page of pages) await page.state('open');
    await pages[1].say('hai');
    await pages[0].heard('hai');
    for (const page of pages) {
        assert.equal(await page.heard('một'), 1);
        await page.done();
    }
    await server.kill();
});

roomTest('a server that is stopped says goodbye, and a page that leaves does not come back', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url, { expected: /WebSocket connection to/ }), await open(server.url)];
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.getByRole('button', { name: 'Rời phòng' }).click();
    await binh.locator('#door').waitFor();
    await mai.getByText('binh rời phòng').waitFor();
    await server.line(/- binh: said goodbye/);
    await server.kill('SIGINT');
    await mai.locator('#wire').getByText('1001 the server ends').waitFor();
    await mai.state('waiting');
    await mai.done();
    await binh.done();
});
