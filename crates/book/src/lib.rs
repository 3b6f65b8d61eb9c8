//! The book of the course: two languages side by side, built with mdBook as a library.
//!
//! | module | what it does |
//! |---|---|
//! | [`course`] | where things stand in the repository, and the map of lessons |
//! | [`page`] | turns the directives of a page (`{{#figure …}}`, `{{#claim …}}`) into Markdown |
//! | [`figure`] | draws a text figure as inline SVG |
//! | [`site`] | builds both books, then post-processes mdBook's HTML |
//! | [`check`] | refuses a page that is broken, stale, or on one side only |
//! | [`serve`] | shows the book in a browser and builds it again after each change |

pub mod check;
mod cli;
pub mod course;
pub mod figure;
mod markdown;
pub mod page;
pub mod problem;
pub mod program;
pub mod serve;
pub mod site;
mod text;
