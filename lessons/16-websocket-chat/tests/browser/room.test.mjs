// The page of the room in a real browser. One process for all of it: `npm --prefix crates/book/tests test`.
import './talk.mjs';
import './cut.mjs';
import './look.mjs';
