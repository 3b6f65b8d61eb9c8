// The page of the room in a real browser, all in one process: `npm --prefix crates/book/tests test`.
import './chat.mjs';
import './reconnect.mjs';
import './appearance.mjs';
