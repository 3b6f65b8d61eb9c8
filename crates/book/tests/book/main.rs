//! The book from outside: a course small enough to break in one place, built, checked and served.

mod check;
mod claims;
mod data;
mod fixture;
mod serve;
mod site;
