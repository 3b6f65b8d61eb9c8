// The report of the comparison lab: one file, both languages, both themes, with and without its script.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { faults } from './axe.mjs';
import { browserTest, missing, withPage } from './open.mjs';

const COURSE = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const RESULTS = 'crates/lab/testdata/results.json';

let temporary;
let report;

before(() => {
    if (missing) {
        return;
    }
    report = pathToFileURL(process.env.LAB_REPORT ? resolve(process.env.LAB_REPORT) : make()).href;
});

after(() => temporary && rmSync(temporary, { recursive: true, force: true }));

function make() {
    temporary = mkdtempSync(join(tmpdir(), 'course-lab-'));
    const words = ['run', '--quiet', '-p', 'lesson21', '--', 'report', RESULTS, '--out', temporary];
    const run = spawnSync('cargo', words, { cwd: COURSE, encoding: 'utf8' });
    assert.equal(run.status, 0, `no report was made:\n${run.stderr}`);
    return join(temporary, 'report.html');
}

// Opens the report, and expects that it asked for nothing but itself.
async function withReport(options, use, after = '') {
    await withPage(options, async (page) => {
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(report + after);
        await use(page);
        assert.deepEqual(requests.map((url) => url.split(/[?#]/)[0]), Array(requests.length).fill(report));
    });
}

// What a reader sees of the languages.
const spoken = async (page) => {
    const seen = await page.locator('main').evaluateAll((mains) => mains.filter((main) => main.checkVisibility()).map((main) => main.lang));
    return [await page.locator('html').getAttribute('lang'), ...seen];
};
const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

browserTest('the report changes its language, says so, and remembers it', async () => {
    await withReport({ viewport: { width: 1200, height: 800 } }, async (page) => {
        const [first] = await spoken(page);
        const second = first === 'vi' ? 'en' : 'vi';
        assert.deepEqual(await spoken(page), [first, first]);
        const title = await page.title();
        await page.locator('a.language:visible').click();
        assert.deepEqual(await spoken(page), [second, second]);
        assert.notEqual(await page.title(), title);
        await page.goto('about:blank');
        await page.goto(report);
        assert.deepEqual(await spoken(page), [second, second]);
        await page.goto(`${report}#${first}-latency`);
        assert.deepEqual(await spoken(page), [first, first]);
    });
});

browserTest('the report\'s theme is the system\'s until the reader says otherwise', async () => {
    await withReport({ colorScheme: 'dark', viewport: { width: 1200, height: 800 } }, async (page) => {
        const dark = await background(page);
        const button = page.locator('button.theme:visible');
        assert.equal(await button.getAttribute('aria-pressed'), 'true');
        await button.focus();
        await page.keyboard.press('Enter');
        assert.equal(await button.getAttribute('aria-pressed'), 'false');
        const light = await background(page);
        assert.notEqual(light, dark);
        await page.reload();
        assert.equal(await background(page), light);
    });
});

browserTest('one kind of frame is shown at a time, on either scale, by keyboard', async () => {
    await withReport({ viewport: { width: 1200, height: 800 } }, async (page) => {
        const panels = page.locator('main:visible .panel');
        const shown = () => panels.evaluateAll((all) => all.map((panel) => panel.checkVisibility()));
        const only = async (nth) => assert.deepEqual(await shown(), Array.from({ length: await panels.count() }, (_, n) => n === nth));
        await only(0);
        await page.locator('main:visible .choice button').nth(1).press('Enter');
        await only(1);
        const widths = () => page.locator('main:visible .panel:visible rect.bar').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('width')));
        const linear = await widths();
        const scale = page.locator('main:visible button.scale');
        await scale.press('Space');
        assert.equal(await scale.getAttribute('aria-pressed'), 'true');
        assert.notDeepEqual(await widths(), linear);
        await scale.press('Space');
        assert.deepEqual(await widths(), linear);
    });
});

browserTest('a phone scrolls the report down and never sideways', async () => {
    for (const lang of ['vi', 'en']) {
        await withReport({ viewport: { width: 360, height: 740 } }, async (page) => {
            await page.locator('main:visible').evaluate((main) => main.querySelectorAll('details').forEach((one) => { one.open = true; }));
            const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(wide <= window, `${wide} pixels in ${window}, ${lang}`);
        }, `#${lang}`);
    }
});

for (const colorScheme of ['light', 'dark']) {
    browserTest(`axe finds nothing serious in the report, ${colorScheme}`, async () => {
        for (const [lang, width] of [['vi', 360], ['en', 1200]]) {
            await withReport({ colorScheme, viewport: { width, height: 800 } }, async (page) => {
                await page.locator('main:visible').evaluate((main) => main.querySelectorAll('details').forEach((one) => { one.open = true; }));
                assert.deepEqual(await faults(page), [], `${lang}, ${width} pixels`);
            }, `#${lang}`);
        }
    });
}

browserTest('without its script the report shows everything, and a link shows the other language', async () => {
    await withReport({ javaScriptEnabled: false, viewport: { width: 1200, height: 800 } }, async (page) => {
        const first = await page.locator('html').getAttribute('lang');
        const second = first === 'vi' ? 'en' : 'vi';
        const visible = (lang) => page.locator(`main[lang=${lang}]`).isVisible();
        assert.deepEqual([await visible(first), await visible(second)], [true, false]);
        assert.ok(await page.locator('main:visible .panel').last().isVisible());
        assert.equal(await page.locator('button:visible').count(), 0);
        await page.locator('a.language:visible').click();
        assert.deepEqual([await visible(first), await visible(second)], [false, true]);
        await page.locator('main:visible nav a').last().click();
        assert.deepEqual([await visible(first), await visible(second)], [false, true]);
    });
});
