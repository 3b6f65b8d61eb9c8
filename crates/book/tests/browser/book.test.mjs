// The book in a real browser. One process and one browser for all of it: `npm test`.
//
// BOOK_DIST names a built book; without it the book is built into a temporary folder.
// Without Chromium the tests are skipped, and under COURSE_TEST_ALL=1 they fail.
import './accessibility.mjs';
import './framing.mjs';
import './languages.mjs';
import './layout.mjs';
import './search.mjs';
import './themes.mjs';
