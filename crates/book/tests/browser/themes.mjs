import assert from 'node:assert/strict';
import { browserTest, ways, withPage } from './open.mjs';

const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const brightness = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;

browserTest('there are two themes; the system chooses until the reader does', async () => {
    for (const [colorScheme, theme] of [['light', 'light'], ['dark', 'navy']]) {
        await withPage({ colorScheme }, async (page) => {
            await page.goto(ways['file://']() + 'vi/index.html');
            assert.ok((await page.getAttribute('html', 'class')).split(' ').includes(theme));
        });
    }
    await withPage({ colorScheme: 'light' }, async (page) => {
        await page.goto(ways['file://']() + 'vi/index.html');
        assert.ok(brightness(await background(page)) > 200);
        await page.locator('#mdbook-theme-toggle').click();
        assert.deepEqual(await page.locator('#mdbook-theme-list button').allTextContents(), ['Theo máy', 'Sáng', 'Tối']);
        await page.locator('#mdbook-theme-navy').click();
        assert.ok(brightness(await background(page)) < 60);
        await page.goto(ways['file://']() + 'en/how-to.html');
        assert.ok(brightness(await background(page)) < 60, 'the choice goes along to other pages');
    });
});

browserTest('a figure changes with the theme', async () => {
    const colours = [];
    for (const colorScheme of ['light', 'dark']) {
        await withPage({ colorScheme }, async (page) => {
            await page.goto(ways['file://']() + 'vi/04-framing.html');
            const style = (selector, property) => page.locator(selector).first().evaluate((one, property) => getComputedStyle(one)[property], property);
            colours.push([await style('.fig text', 'fill'), await style('.fig rect', 'stroke')]);
        });
    }
    assert.notEqual(colours[0][0], colours[1][0]);
    assert.notEqual(colours[0][1], colours[1][1]);
});
