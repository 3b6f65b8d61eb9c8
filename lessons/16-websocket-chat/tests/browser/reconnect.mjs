// The connection is lost and comes back; every line of the history is shown, and none twice.
import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import { open, roomTest, serve } from './harness.mjs';

/** A proxy that can be unplugged: all its connections are reset, and new ones are too. */
async function startProxy(address) {
    const [host, port] = address.split(':');
    const ends = new Set();
    let unplugged = false;
    const proxy = createServer((client) => {
        const upstream = connect({ host, port: Number(port) });
        for (const [end, other] of [[client, upstream], [upstream, client]]) {
            ends.add(end);
            end.on('error', () => other.destroy()).on('close', () => { ends.delete(end); other.destroy(); });
        }
        client.pipe(upstream).pipe(client);
        if (unplugged) client.resetAndDestroy();
    });
    await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));
    return {
        url: `http://127.0.0.1:${proxy.address().port}/`,
        unplug: () => { unplugged = true; for (const end of ends) end.resetAndDestroy(); },
        plug: () => { unplugged = false; },
        close: () => { proxy.close(); for (const end of ends) end.destroy(); },
    };
}

roomTest('a lost connection: the page says so, reconnects, and shows each missed line once', async () => {
    const server = await serve();
    const proxy = await startProxy(server.address);
    const mai = await open(proxy.url, { expected: /WebSocket connection to/ });
    const binh = await open(server.url);
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.send('trước');
    await mai.received('trước');
    await mai.send('nghe rồi');
    await binh.received('nghe rồi');

    proxy.unplug();
    await mai.state('waiting');
    await mai.getByText('Mất kết nối', { exact: true }).waitFor();
    await binh.getByText('mai rời phòng').waitFor();
    await binh.send('trong lúc mất');
    await mai.send('chưa đi được');
    await mai.getByText('chưa gửi').waitFor();
    assert.equal(await mai.inputValue('#line'), 'chưa đi được', 'an unsent line is kept');

    proxy.plug();
    await mai.click('#retry', { timeout: 2000 }).catch(() => {}); // it may have reconnected by itself a moment before
    await mai.state('open');
    assert.equal(await mai.received('trong lúc mất'), 1);
    assert.equal(await mai.received('trước'), 1);
    assert.equal(await mai.received('nghe rồi'), 1);
    await mai.locator('#line').press('Enter');
    await binh.received('chưa đi được');
    await mai.done();
    await binh.done();
    proxy.close();
    await server.kill();
});

roomTest('a server that is killed and restarted: both browsers reconnect by themselves', async () => {
    let server = await serve();
    const pages = [await open(server.url, { expected: /WebSocket connection to/ }), await open(server.url, { expected: /WebSocket connection to/ })];
    await pages[0].enter('mai');
    await pages[1].enter('binh');
    await pages[0].send('một');
    await pages[1].received('một');
    await server.kill();
    for (const page of pages) await page.state('waiting');
    server = await serve(server.address);
    for (const page of pages) await page.state('open');
    await pages[1].send('hai');
    await pages[0].received('hai');
    for (const page of pages) {
        assert.equal(await page.received('một'), 1);
        await page.done();
    }
    await server.kill();
});

roomTest('a stopped server closes with 1001, and a page that left does not reconnect', async () => {
    const server = await serve();
    const [mai, binh] = [await open(server.url, { expected: /WebSocket connection to/ }), await open(server.url)];
    await mai.enter('mai');
    await binh.enter('binh');
    await binh.getByRole('button', { name: 'Rời phòng' }).click();
    await binh.locator('#name-form').waitFor();
    await mai.getByText('binh rời phòng').waitFor();
    await server.line(/- binh: said goodbye/);
    await server.kill('SIGINT');
    await mai.locator('#wire').getByText('1001 the server ends').waitFor();
    await mai.state('waiting');
    await mai.done();
    await binh.done();
});
