//! Which key asks for what.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::Key;

/// How many lines a page is.
const PAGE: i32 = 10;

/// What a key of the keyboard asks for.
pub fn of_keyboard(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None; // Windows tells of these, too
    }
    match event.code {
        KeyCode::Char('c' | 'd') if event.modifiers.contains(KeyModifiers::CONTROL) => Some(Key::Quit),
        KeyCode::Char(letter) => of_letter(letter),
        KeyCode::Esc => Some(Key::Quit),
        KeyCode::Enter => Some(Key::Again),
        KeyCode::Up => Some(Key::Scroll(-1)),
        KeyCode::Down => Some(Key::Scroll(1)),
        KeyCode::PageUp => Some(Key::Scroll(-PAGE)),
        KeyCode::PageDown => Some(Key::Scroll(PAGE)),
        _ => None,
    }
}

/// What a line on standard input asks for: its first letter counts.
pub fn of_line(line: &str) -> Option<Key> {
    of_letter(line.trim_start().chars().next()?)
}

fn of_letter(letter: char) -> Option<Key> {
    match letter.to_ascii_lowercase() {
        'h' => Some(Key::Hint),
        'n' => Some(Key::Next),
        'r' => Some(Key::Again),
        'l' => Some(Key::Language),
        'q' => Some(Key::Quit),
        'k' => Some(Key::Scroll(-1)),
        'j' => Some(Key::Scroll(1)),
        _ => None,
    }
}
