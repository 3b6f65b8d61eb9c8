//! A token is a number of ours. Given to the next client too early, it makes an old event speak of the wrong one.

use std::io::{ErrorKind::WouldBlock, Read, Write};
use std::net::TcpListener;

use mio::{Events, Interest, Poll, Token};
use narrate::kernel::{self, State};
use narrate::{Error, Side, Stage, Tapped};

use crate::people::{self, BINH, LAN, MAI};
use crate::{PATIENCE, event, text};

pub(crate) fn a_seat_taken_again(stage: &Stage, listener: &TcpListener) -> Result<(), Error> {
    // ANCHOR: tokens
    stage.step(text::a_token_is_a_seat());
    let (mai, from_mai) = people::call_event_loop(stage, listener, MAI)?;
    let (binh, from_binh) = people::call_event_loop(stage, listener, BINH)?;
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));
    let mut seats = [from_mai, from_binh];
    for (seat, stream) in seats.iter_mut().enumerate() {
        poll.registry().register(&mut **stream, Token(seat), Interest::READABLE)?;
    }
    (&mai).write_all(b"duoi binh")?; // "throw Binh out"
    people::arrived(&mai);
    hang_up(binh); // at the same moment
    poll.poll(&mut events, PATIENCE)?; // both have happened: one batch of two events
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));

    let mut room = [0; 64];
    let mut _lan = None;
    for event in &events {
        let Token(seat) = event.token();
        match seats[seat].read(&mut room) {
            Ok(read) if seat == 0 => {
                stage.gave(Side::SERVER, "read(mai)", &room[..read]);
                let (client, from_lan) = people::call_event_loop(stage, listener, LAN)?;
                _lan = Some(client);
                seats[1] = from_lan; // closes Binh's end: too early
                poll.registry().register(&mut *seats[1], Token(1), Interest::READABLE)?;
            }
            Ok(read) => stage.fact(Side::SERVER, format!("read(Token({seat})) → {read}")),
            Err(error) if error.kind() == WouldBlock => {
                stage.fact(Side::SERVER, text::it_is_another(seat));
            }
            Err(error) => return Err(error.into()),
        }
    }
    // ANCHOR_END: tokens
    Ok(())
}

/// Closes the client's end, and waits until the server's kernel knows.
fn hang_up(client: Tapped) {
    let end = people::far_end(&client);
    drop(client);
    if let Some(end) = end {
        kernel::settle(&end, Some(State::CloseWait));
    }
}
