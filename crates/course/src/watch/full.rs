//! Watching on a full screen.

use std::sync::mpsc::Sender;
use std::thread;

use ansi_to_tui::IntoText;
use anyhow::{Result, anyhow};
use checks::{Lang, Outcome, Report, Style as Print, Verdict as Checked};
use ratatui::crossterm::event::{self, Event as Terminal};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Paragraph, Wrap};
use ratatui::{DefaultTerminal, Frame};

use super::session::{Body, Session};
use super::{Change, Event, Face, keys};
use crate::commands::status;
use crate::evaluation::Evaluation;
use crate::text::{check as check_text, watch as text};

const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);

/// The whole terminal, given back when this is dropped.
pub struct FullScreen {
    terminal: DefaultTerminal,
}

impl FullScreen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When the terminal does not let itself be used so.
    pub fn open() -> Result<FullScreen> {
        let terminal = ratatui::try_init().map_err(|why| anyhow!(text::no_terminal(why)))?;
        Ok(FullScreen { terminal })
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

impl Face for FullScreen {
    fn listen(&self, events: Sender<Event>) {
        thread::spawn(move || {
            while let Ok(happened) = event::read() {
                let told = match happened {
                    Terminal::Key(key) => keys::of_keyboard(key).map(Event::Key),
                    Terminal::Resize(..) => Some(Event::Resized),
                    _ => None,
                };
                if told.is_some_and(|event| events.send(event).is_err()) {
                    return;
                }
            }
        });
    }

    fn show(&mut self, session: &mut Session, _: Change) -> Result<()> {
        self.terminal.draw(|frame| draw(frame, session))?;
        Ok(())
    }
}

/// Title and status above, keys below, the verdict and a hint between.
pub fn draw(frame: &mut Frame, session: &mut Session) {
    let area = frame.area();
    let hint = hint(session);
    let hint_height = hint.as_ref().map_or(0, |hint| hint.line_count(area.width) as u16);
    let [title, status, body, hint_area, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Fill(1),
        Constraint::Length(hint_height.min(area.height / 2)),
        Constraint::Length(1),
    ])
    .areas(area);
    draw_title(frame, session, title);
    frame.render_widget(Paragraph::new(status_line(session)), status);
    if draw_body(frame, session, body) {
        let below = Rect { y: body.y.saturating_sub(1), height: 1, ..body };
        frame.render_widget(Line::styled(text::more_below(), FAINT).right_aligned(), below);
    }
    if let Some(hint) = hint {
        frame.render_widget(hint, hint_area);
    }
    let said = session.notice.clone().unwrap_or_else(text::keys);
    frame.render_widget(Line::styled(format!(" {said}"), FAINT), keys);
}

/// The task on the left, as much of it as there is room for; how far the learner is on the right.
fn draw_title(frame: &mut Frame, session: &Session, area: Rect) {
    let exercise = &session.exercise;
    let (done, all) = session.done;
    let far = Line::styled(format!("  {} ", status::how_far(done, all)), FAINT);
    let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(far.width() as u16)]).areas(area);
    let name = format!(" {:02} · {}   ", exercise.task.number, exercise.task.name);
    let (title, lesson) = (exercise.task.title.to_string(), format!("   {}", session.lesson()));
    let room = usize::from(left.width).saturating_sub(name.chars().count());
    let lesson = if (title.chars().count() + lesson.chars().count()) <= room { lesson } else { String::new() };
    let spans = [Span::styled(name, BOLD), Span::raw(shortened(title, room)), Span::styled(lesson, FAINT)];
    frame.render_widget(Line::from_iter(spans), left);
    frame.render_widget(far, right);
}

/// `text`, or as much of it as fits and a `…`.
fn shortened(text: String, room: usize) -> String {
    if text.chars().count() <= room {
        return text;
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

fn status_line(session: &Session) -> Line<'static> {
    let mut spans = match &session.body {
        Body::Empty => vec![],
        Body::InternalError(_) => vec![Span::styled(format!(" ✗ {}", text::trouble()), BOLD.fg(Color::Red))],
        Body::Evaluation(verdict) => status_of(verdict),
    };
    if session.running {
        spans.push(Span::styled(format!("   {}", session.phase.words()), Style::new().fg(Color::Yellow)));
    }
    Line::from(spans)
}

fn status_of(verdict: &Evaluation) -> Vec<Span<'static>> {
    let judged = match verdict {
        Evaluation::NotStarted => {
            return vec![Span::styled(format!(" · {}", text::not_started()), BOLD.fg(Color::Yellow))];
        }
        Evaluation::DoesNotCompile(_) => {
            return vec![Span::styled(format!(" ✗ {}", text::does_not_compile()), BOLD.fg(Color::Red))];
        }
        Evaluation::Judged(judged) => judged,
    };
    let outcomes = &judged.report.outcomes;
    let passed = outcomes.iter().filter(|outcome| matches!(outcome.verdict, Checked::Passed)).count();
    let mut spans = if judged.report.passed() {
        vec![Span::styled(format!(" ✓ {}   ", text::passed()), BOLD.fg(Color::Green))]
    } else {
        vec![Span::styled(format!(" ✗ {}   ", text::failed(passed, outcomes.len())), BOLD.fg(Color::Red))]
    };
    spans.extend(outcomes.iter().map(mark));
    let seconds = check_text::seconds((judged.building + judged.judging).as_secs_f64());
    spans.push(Span::styled(format!("   {}", text::took(seconds)), FAINT));
    spans
}

fn mark(outcome: &Outcome) -> Span<'static> {
    match outcome.verdict {
        Checked::Passed => Span::styled("✓", Style::new().fg(Color::Green)),
        Checked::Failed(_) => Span::styled("✗", Style::new().fg(Color::Red)),
        Checked::Skipped(_) => Span::styled("·", FAINT),
        Checked::Infra(_) => Span::styled("!", Style::new().fg(Color::Yellow)),
    }
}

/// The verdict in full. The first failure stands at the top; the list of checks is in the marks.
/// Says whether there is more below.
fn draw_body(frame: &mut Frame, session: &mut Session, area: Rect) -> bool {
    let paragraph = Paragraph::new(body(session, area.width)).wrap(Wrap { trim: false });
    let lines = paragraph.line_count(area.width);
    let hidden = lines.saturating_sub(area.height.into());
    session.scroll = session.scroll.min(hidden);
    let top = u16::try_from(session.scroll).unwrap_or(u16::MAX);
    frame.render_widget(paragraph.scroll((top, 0)), area);
    session.scroll < hidden
}

fn body(session: &Session, width: u16) -> Text<'static> {
    let print = Print { colour: session.colour, width: usize::from(width).clamp(40, 100) };
    let file = session.course.relative(&session.exercise.file);
    match &session.body {
        Body::Empty => Text::raw(format!(" {}", text::watching(file))),
        Body::InternalError(why) => Text::raw(why.clone()),
        Body::Evaluation(verdict) => match &**verdict {
            Evaluation::NotStarted => {
                Text::raw(check_text::first_steps(file, format!("{:02}", session.exercise.task.number)))
            }
            Evaluation::DoesNotCompile(build) => coloured(&build.errors()),
            Evaluation::Judged(judged) => coloured(&report(&judged.report, print)),
        },
    }
}

fn report(report: &Report, print: Print) -> String {
    let lang = Lang::current();
    match report.failed().next() {
        Some(first) => report.render_outcome(first, lang, print),
        None => format!("{}\n{}\n", report.render(lang, print), text::passed_next()),
    }
}

/// Text with ANSI colours as the terminal library wants it.
fn coloured(printed: &str) -> Text<'static> {
    printed.into_text().unwrap_or_else(|_| Text::raw(printed.to_owned()))
}

fn hint(session: &Session) -> Option<Paragraph<'static>> {
    let shown = session.hint.as_ref()?;
    let title = crate::text::task::hint_title(session.exercise.words(), shown.number, shown.of);
    let block = Block::new().borders(Borders::TOP).title(format!(" {title} ")).border_style(FAINT);
    let words = shown.text.get(Lang::current()).to_owned();
    Some(Paragraph::new(words).wrap(Wrap { trim: true }).block(block))
}
